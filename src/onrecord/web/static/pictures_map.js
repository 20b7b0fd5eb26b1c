// Circles on a map of the world, by how many events each place has.
import { canvas, drawFor, figure, linked, readout } from "./pictures_parts.js";

const NAMED = 14; // as many places are named in the map, where there is room
const LEAST = 12; // so many events have the largest circle, if no place has more
const NARROWEST = 24; // degrees: no map is closer at first

function read(table) {
  const rows = [...table.tBodies[0].rows].map((tr) => ({
    name: tr.dataset.name,
    at: [Number(tr.dataset.lon), Number(tr.dataset.lat)],
    count: Number(tr.dataset.count),
    wide: "wide" in tr.dataset,
    href: tr.querySelector(".number a").href,
  }));
  return rows.sort((one, other) => other.count - one.count);
}

/** What the map shows at first: all places with some of the land around them. */
function extent(spots) {
  const [west, east] = d3.extent(spots, (spot) => spot.at[0]);
  const [south, north] = d3.extent(spots, (spot) => spot.at[1]);
  const wide = Math.max(NARROWEST, (east - west) * 1.25, (north - south) * 2.2);
  const high = Math.max(NARROWEST / 2, wide / 2);
  if (wide > 180) return { type: "Sphere" };
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  const within = (lat) => Math.max(-85, Math.min(85, lat));
  return {
    type: "MultiPoint",
    coordinates: [[x - wide / 2, within(y - high / 2)], [x + wide / 2, within(y - high / 2)], [x - wide / 2, within(y + high / 2)], [x + wide / 2, within(y + high / 2)]],
  };
}

function draw(place, width, world, spots, tell, buttons) {
  const height = Math.round(Math.max(300, Math.min(width * 0.52, 560)));
  const land = topojson.feature(world, world.objects.countries);
  const sphere = { type: "Sphere" };
  const shown = extent(spots);
  const projection = d3.geoEqualEarth().fitExtent([[4, 4], [width - 4, height - 4]], sphere);
  const path = d3.geoPath(projection);
  const svg = d3.create("svg").attr("viewBox", [0, 0, width, height]).attr("width", width).attr("height", height);
  const ground = svg.append("g");
  svg.insert("rect", "g").attr("class", "sea").attr("width", width).attr("height", height);
  ground.append("g").selectAll("path").data(land.features).join("path").attr("class", "land").attr("d", path);
  const radius = d3.scaleSqrt([0, Math.max(LEAST, d3.max(spots, (spot) => spot.count))], [0, Math.min(26, width / 24)]);
  for (const spot of spots) spot.r = Math.max(3, radius(spot.count));
  const link = linked(svg.append("g").selectAll("g").data(spots).join("g"));
  link.filter((d) => !d.wide).append("circle").attr("class", "spot").attr("r", (d) => d.r);
  link.filter((d) => d.wide).append("rect").attr("class", "spot").attr("x", (d) => -d.r * 0.89).attr("y", (d) => -d.r * 0.89)
    .attr("width", (d) => d.r * 1.78).attr("height", (d) => d.r * 1.78);
  const words = (d) => `${d.name}: ${d.count.toLocaleString("en")} ${d.count === 1 ? "event" : "events"}${d.wide ? ", somewhere in it" : ""}`;
  link.append("title").text(words);
  link.on("pointerenter", (_, d) => tell(words(d))).on("pointerleave", () => tell(""));
  const names = svg.append("g").selectAll("text").data(spots.slice(0, NAMED * 3)).join("text").attr("class", "named").text(label);

  function label(d) {
    return `${d.name} ${d.count.toLocaleString("en")}`;
  }

  function lay(transform) {
    ground.attr("transform", transform);
    const where = new Map(spots.map((spot) => [spot, transform.apply(projection(spot.at))]));
    link.attr("transform", (d) => `translate(${where.get(d)})`);
    // A name stands beside its place unless it would lie on another name.
    const taken = [];
    names.each(function (d) {
      const [x, y] = where.get(d);
      const long = label(d).length * 6.4;
      const left = x + d.r + 4 + long > width ? x - d.r - 4 - long : x + d.r + 4;
      const box = [left, y - 8, left + long, y + 6];
      const free = taken.length < NAMED && x > 0 && x < width && y > 0 && y < height
        && taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
      if (free) taken.push(box);
      d3.select(this).attr("x", left).attr("y", y + 4).attr("display", free ? null : "none");
    });
  }

  const zoom = d3.zoom().scaleExtent([1, 40]).translateExtent([[0, 0], [width, height]])
    // The wheel is for the page, unless a key says that the map is meant; one finger scrolls, two move the map.
    .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : event.type.startsWith("touch") ? event.touches.length > 1 : !event.button))
    .on("zoom", (event) => lay(event.transform));
  svg.call(zoom);
  const [[x0, y0], [x1, y1]] = path.bounds(shown);
  const k = shown.type === "Sphere" ? 1 : Math.max(1, Math.min(40, Math.min(width / (x1 - x0), height / (y1 - y0))));
  const fitted = shown.type === "Sphere" ? d3.zoomIdentity
    : d3.zoomIdentity.translate(width / 2, height / 2).scale(k).translate(-(x0 + x1) / 2, -(y0 + y1) / 2);
  svg.call(zoom.transform, fitted);
  buttons.closer.onclick = () => svg.call(zoom.scaleBy, 1.6);
  buttons.further.onclick = () => svg.call(zoom.scaleBy, 1 / 1.6);
  buttons.fitted.onclick = () => svg.call(zoom.transform, fitted);
  buttons.world.onclick = () => svg.call(zoom.transform, d3.zoomIdentity);
  place.replaceChildren(svg.node());
}

const table = document.querySelector("#places");
if (figure && table) {
  const spots = read(table);
  const place = canvas();
  const bar = document.createElement("div");
  bar.className = "closer";
  const buttons = {};
  for (const [name, words] of [["closer", "Closer"], ["further", "Further"], ["fitted", "All places"], ["world", "The world"]]) {
    buttons[name] = document.createElement("button");
    buttons[name].type = "button";
    buttons[name].textContent = words;
    bar.append(buttons[name]);
  }
  figure.append(bar);
  const tell = readout();
  const answer = await fetch(figure.dataset.outlines);
  if (!answer.ok) throw new Error(`${figure.dataset.outlines}: ${answer.status}`);
  const world = await answer.json();
  drawFor(place, (width) => draw(place, width, world, spots, tell, buttons));
}
