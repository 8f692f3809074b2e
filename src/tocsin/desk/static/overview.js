/* Map, timeline and list of one query: each filters the others, and the address bar holds it all. */
import { colour, makeMap } from "./basemap.js";

const form = document.getElementById("filters");
const follow = document.getElementById("follow");
const state = { quiet: false };

const filters = () => {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) kept.append(name, value);
  return kept;
};
const set = (changes) => {
  for (const [name, value] of Object.entries(changes)) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
  }
  window.htmx.trigger(form, "submit");
};
const trouble = document.getElementById("trouble");
const ask = async (address) => {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    trouble.hidden = true;
    return await answer.json();
  } catch {
    trouble.hidden = false;
    return null;
  }
};

/* map */
const element = document.getElementById("map");
const map = await makeMap(element);
map.setView([24, 0], 1.5);
const L = window.L;
const areas = L.layerGroup().addTo(map);
const spots = L.layerGroup().addTo(map);
let asked = 0;

const radiusOf = (count) => (count === 1 ? 5 : Math.min(27, 8 + 3.2 * Math.log2(count)));
const say = (count) => (count >= 10000 ? `${Math.round(count / 1000)}k` : count.toLocaleString("en"));

function draw(found) {
  areas.clearLayers();
  spots.clearLayers();
  for (const spot of found) {
    const point = [spot.lat, spot.lon];
    const hue = colour(spot.family);
    if (spot.one_place && spot.radius_km) {
      L.circle(point, { radius: spot.radius_km * 1000, color: hue, weight: 1, dashArray: "4 3", fillOpacity: 0.1, interactive: false }).addTo(areas);
    }
    const marker = L.circleMarker(point, { radius: radiusOf(spot.count), color: getComputedStyle(document.body).backgroundColor, weight: 1.5, fillColor: hue, fillOpacity: 0.86 });
    marker.bindTooltip(spot.count === 1 ? spot.title : `${say(spot.count)} incidents${spot.one_place ? " in one place" : ""}`, { direction: "top", offset: [0, -4] });
    marker.on("click", () => open(spot));
    marker.addTo(spots);
    if (spot.count > 1) {
      const label = L.divIcon({ className: "count-label", html: "", iconSize: [40, 16] });
      const text = L.marker(point, { icon: label, interactive: false, keyboard: false }).addTo(spots);
      text.getElement().textContent = say(spot.count);
    }
  }
}
function open(spot) {
  if (spot.id) window.location.assign(`/incident/${spot.id}`);
  else if (map.getZoom() < 12 && !spot.one_place) map.setView([spot.lat, spot.lon], map.getZoom() + 2);
  else {
    const reach = 0.02;
    set({ box: [spot.lon - reach, spot.lat - reach, spot.lon + reach, spot.lat + reach].map((n) => n.toFixed(3)).join(",") });
  }
}
const viewOf = () => {
  const b = map.getBounds();
  return [Math.max(-180, b.getWest()), Math.max(-85, b.getSouth()), Math.min(180, b.getEast()), Math.min(85, b.getNorth())].map((n) => n.toFixed(3)).join(",");
};
async function showMap({ fit = false } = {}) {
  const mine = ++asked;
  const kept = filters();
  if (follow.checked) kept.delete("box");
  kept.set("view", viewOf());
  kept.set("zoom", Math.round(map.getZoom()));
  const answer = await ask(`/map.json?${kept}`);
  if (mine !== asked || !answer) return;
  if (fit && answer.bounds) {
    const [west, south, east, north] = answer.bounds;
    const before = viewOf();
    state.quiet = true;
    map.fitBounds([[south - 0.4, west - 0.4], [north + 0.4, east + 0.4]], { maxZoom: 8, padding: [24, 24] });
    state.quiet = false;
    if (before !== viewOf()) return showMap();
  }
  draw(answer.spots);
  element.dataset.ready = String(answer.spots.length);
}
map.on("moveend", () => {
  if (state.quiet) return;
  if (follow.checked) set({ box: viewOf() });
  else showMap();
});
follow.addEventListener("change", () => set({ box: follow.checked ? viewOf() : "" }));

/* timeline */
const chartBox = document.getElementById("timeline");
const note = document.getElementById("timeline-note");
let chart;
const DAY = 86400;
const iso = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);

const shortDay = (at, all) => new Date(at * 1000).toLocaleDateString("en-GB", all.at(-1) - all[0] > 2500 * DAY ? { year: "numeric", timeZone: "UTC" } : all.at(-1) - all[0] > 500 * DAY ? { month: "short", year: "numeric", timeZone: "UTC" } : { day: "numeric", month: "short", timeZone: "UTC" });

async function showTimeline() {
  const line = await ask(`/timeline.json?${filters()}`);
  if (!line) return;
  chart?.destroy();
  chart = null;
  chartBox.replaceChildren();
  const undated = line.undated ? ` ${line.undated.toLocaleString("en")} without a date.` : "";
  if (!line.first) {
    note.textContent = `No dated incident.${undated}`;
    return;
  }
  const start = Date.parse(line.first) / 1000;
  const times = line.counts.map((_, i) => start + i * line.step * DAY);
  const ink = colour("quiet");
  const unit = { 1: "a day", 7: "a week" }[line.step] ?? `${line.step} days`;
  note.textContent = `Incidents, ${unit} a bar. Drag over the bars to choose days; double-click to show all.${undated}`;
  const grid = { stroke: colour("line"), width: 1 };
  chart = new window.uPlot({
    width: chartBox.clientWidth, height: chartBox.clientHeight, legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, y: false, points: { show: false } },
    scales: { x: { time: true, range: [start - line.step * DAY, times.at(-1) + 2 * line.step * DAY] }, y: { range: (_, low, high) => [0, Math.max(1, high)] } },
    axes: [{ stroke: ink, grid: { show: false }, ticks: grid, size: 28, font: "12px system-ui", values: (u, splits) => splits.map((at) => shortDay(at, splits)) }, { stroke: ink, grid, ticks: { show: false }, size: 38, font: "12px system-ui", splits: (u, i, low, high) => [0, Math.ceil(high / 2), high], incrs: [1, 2, 5, 10, 50, 100, 1000, 10000] }],
    series: [{}, { fill: colour("crowd"), stroke: colour("crowd"), width: 0, paths: window.uPlot.paths.bars({ size: [0.86, 60, 3], align: 1 }), points: { show: false } }],
    tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    hooks: {
      setSelect: [(u) => {
        if (u.select.width < 2 || state.selecting) return;
        const first = iso(u.posToVal(u.select.left, "x"));
        const last = iso(u.posToVal(u.select.left + u.select.width, "x"));
        set({ first, last });
      }],
    },
  }, [times, line.counts], chartBox);
  chart.over.addEventListener("dblclick", () => set({ first: "", last: "" }));
  showBrush();
}
function showBrush() {
  const [first, last] = ["first", "last"].map((name) => form.elements[name].value);
  if (!chart || (!first && !last)) return;
  const low = chart.valToPos(Math.max(chart.scales.x.min, first ? Date.parse(first) / 1000 : chart.scales.x.min), "x");
  const high = chart.valToPos(Math.min(chart.scales.x.max, last ? Date.parse(last) / 1000 + DAY : chart.scales.x.max), "x");
  state.selecting = true;
  chart.setSelect({ left: low, top: 0, width: Math.max(2, high - low), height: chart.over.clientHeight }, false);
  state.selecting = false;
}

/* joined */
document.body.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt !== form) return;
  for (const [name, value] of Object.entries(event.detail.parameters)) if (!value) delete event.detail.parameters[name];
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "list") return;
  const query = filters().toString();
  history.replaceState(null, "", query ? `/?${query}` : "/");
  document.dispatchEvent(new CustomEvent("tocsin:filtered", { detail: query }));
  showMap();
  showTimeline();
});
document.getElementById("list").addEventListener("click", (event) => {
  const chip = event.target.closest("[data-clears]");
  if (!chip) return;
  event.preventDefault();
  if (chip.dataset.clears === "box") follow.checked = false;
  set({ [chip.dataset.clears]: "" });
});
/* New incidents appear by themselves, unless somebody has read on further down. */
document.addEventListener("tocsin:changed", () => {
  if (window.scrollY < 200) window.htmx.trigger(form, "submit");
});
let waiting;
new ResizeObserver(() => {
  clearTimeout(waiting);
  waiting = setTimeout(() => chart?.setSize({ width: chartBox.clientWidth, height: chartBox.clientHeight }), 120);
}).observe(chartBox);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => window.location.reload());

await Promise.all([showMap({ fit: true }), showTimeline()]);
document.body.dataset.ready = "1";
