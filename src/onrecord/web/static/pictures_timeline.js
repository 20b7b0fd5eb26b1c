// A line of days above the list: a dot for each row of the page, over its day.
import { canvas, drawFor, figure, linked, readout } from "./pictures_parts.js";

const R = 4;
const MOST = 14; // rows of dots; more of one day lie closer

function read() {
  return [...document.querySelectorAll(".days li[data-day]")].filter((li) => li.dataset.day).map((li) => ({
    day: new Date(`${li.dataset.day}T00:00:00Z`),
    words: `${li.dataset.day}, ${li.dataset.what}: ${li.dataset.title}`,
    href: li.querySelector('a[href*="#"]')?.href ?? "#",
  })).filter((row) => !Number.isNaN(row.day.getTime()));
}

function draw(place, width, rows, tell) {
  const margin = 16;
  const [first, last] = d3.extent(rows, (row) => row.day);
  const x = d3.scaleUtc([first, d3.utcDay.offset(last, 1)], [margin, width - margin]);
  const columns = d3.group(rows, (row) => Math.round(x(row.day) / (2 * R + 1)));
  const highest = d3.max(columns.values(), (column) => column.length);
  const step = Math.min(2 * R + 1, ((2 * R + 1) * MOST) / highest);
  const top = R + step * (highest - 1) + 6;
  const svg = d3.create("svg").attr("viewBox", [0, 0, width, top + 30]).attr("width", width).attr("height", top + 30);
  const ticks = Math.max(2, Math.min(8, Math.floor(width / 110), d3.utcDay.count(first, last) + 1));
  svg.append("g").attr("transform", `translate(0,${top + 4})`).call(d3.axisBottom(x).ticks(ticks, d3.utcFormat("%Y-%m-%d")).tickSizeOuter(0));
  const dots = [...columns].flatMap(([column, those]) => those.map((row, n) => ({ ...row, x: column * (2 * R + 1), y: top - n * step - R })));
  const link = linked(svg.append("g").selectAll("g").data(dots).join("g"));
  link.append("circle").attr("class", "spot").attr("cx", (d) => d.x).attr("cy", (d) => d.y).attr("r", R);
  link.append("title").text((d) => d.words);
  link.on("pointerenter", (_, d) => tell(d.words)).on("pointerleave", () => tell(""));
  place.replaceChildren(svg.node());
}

const rows = read();
if (figure && rows.length) {
  const place = canvas();
  const tell = readout();
  drawFor(place, (width) => draw(place, width, rows, tell));
}
