/* The offline base map: land, borders, and US states and counties when near; drawn on one canvas. */
const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const here = new URL("./vendor/", import.meta.url);
const loads = {};
const load = (name) => (loads[name] ??= fetch(new URL(`${name}.json`, here)).then((answer) => answer.json()));
const flip = (line) => line.map(([lon, lat]) => [lat, lon]);
const COUNTIES_FROM = 6;

export const colour = (family) => style(`--${family}`) || style("--quiet");

export async function makeMap(element, options = {}) {
  const L = window.L;
  const map = L.map(element, {
    preferCanvas: true, worldCopyJump: false, minZoom: 1, maxZoom: 14, zoomSnap: 0.5, attributionControl: true,
    maxBounds: [[-85, -200], [85, 200]], fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, ...options,
  });
  map.attributionControl.setPrefix("Natural Earth · US Census Bureau");
  map.createPane("ground").style.zIndex = 150;
  const renderer = L.canvas({ pane: "ground", padding: 0.3 });
  const thin = { renderer, pane: "ground", interactive: false, smoothFactor: 1.2 };
  const tiles = element.dataset.tiles;
  if (tiles) L.tileLayer(tiles, { maxZoom: 14 }).addTo(map);
  const world = await load("world");
  if (!tiles) {
    L.polygon(world.land.map((polygon) => polygon.map(flip)), { ...thin, fillColor: style("--land"), fillOpacity: 1, color: style("--border"), weight: 0.7 }).addTo(map);
  }
  L.polyline(world.borders.map(flip), { ...thin, color: style("--border"), weight: 1 }).addTo(map);
  const near = {};
  const refine = async () => {
    const wanted = { states: map.getZoom() >= 3, counties: map.getZoom() >= COUNTIES_FROM };
    const america = map.getBounds().intersects([[18, -172], [72, -66]]);
    for (const [name, shown] of Object.entries(wanted)) {
      if (shown && america && !near[name]) {
        near[name] = L.layerGroup().addTo(map);
        const parts = await load(name);
        near[name].line = L.polyline(parts.borders.map(flip), { ...thin, color: style("--border"), weight: name === "states" ? 0.8 : 0.4 });
      }
      if (near[name]?.line) {
        const on = near[name].hasLayer(near[name].line);
        if (shown && !on) near[name].addLayer(near[name].line);
        if (!shown && on) near[name].removeLayer(near[name].line);
      }
    }
  };
  map.on("moveend", refine);
  map.whenReady(refine);
  return map;
}
