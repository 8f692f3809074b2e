/* Files dropped anywhere on the form are the form's files. */
const form = document.getElementById("adding");
const field = form.elements.files;
const chosen = document.getElementById("chosen");
const drop = document.getElementById("drop");

field.addEventListener("change", () => {
  const names = [...field.files].map((file) => file.name);
  if (names.length) chosen.textContent = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
});
for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => drop.classList.remove("over"));
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change"));
});
