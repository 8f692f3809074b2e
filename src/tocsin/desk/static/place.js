/* The small map of one incident: the area its place stands for. */
import { colour, makeMap } from "./basemap.js";

const element = document.getElementById("small-map");
if (element) {
  const { lat, lon, radius, family } = element.dataset;
  const point = [Number(lat), Number(lon)];
  const metres = Math.max(200, Number(radius) * 1000);
  const map = await makeMap(element, { zoomControl: false, scrollWheelZoom: false, dragging: false, keyboard: false, doubleClickZoom: false, touchZoom: false });
  const degrees = Math.max(1, (metres / 111000) * 4);
  map.fitBounds([[point[0] - degrees, point[1] - degrees], [point[0] + degrees, point[1] + degrees]]);
  window.L.circle(point, { radius: metres, color: colour(family), weight: 1.5, dashArray: "4 3", fillOpacity: 0.18 }).addTo(map);
}
document.body.dataset.ready = "1";
