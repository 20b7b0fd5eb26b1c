// Bars along time, stacked by kind or type.
import { canvas, drawFor, figure, hatching, hatchings, linked, readout } from "./pictures_parts.js";

const OWN = 9; // as many series have a colour of their own; the rarer ones are one
const HEIGHT = 340;
const MARGIN = { top: 12, right: 30, bottom: 28, left: 52 };

function read(table) {
  const names = [...table.tHead.querySelectorAll("th[data-name]")].map((th) => th.dataset.name);
  const own = names.length > OWN ? names.slice(0, OWN - 1) : names;
  const series = own.map((name, index) => ({ name, number: index + 1 }));
  if (own.length < names.length) series.push({ name: "others", number: 10 });
  const bars = [...table.tBodies[0].querySelectorAll("tr[data-label]")].map((tr) => {
    const cells = [...tr.cells];
    const link = (cell) => cell.querySelector("a")?.href;
    const value = (cell) => Number(cell.textContent.trim());
    const counts = own.map((name, index) => ({ name, number: index + 1, count: value(cells[index + 2]), href: link(cells[index + 2]) }));
    const rest = cells.slice(2 + own.length).reduce((sum, cell) => sum + value(cell), 0);
    if (rest) counts.push({ name: "others", number: 10, count: rest, href: link(cells[1]) });
    let at = 0;
    for (const part of counts) {
      part.from = at;
      at += part.count;
      part.to = at;
      part.label = tr.dataset.label;
    }
    return { label: tr.dataset.label, first: tr.dataset.first, total: at, parts: counts.filter((part) => part.count) };
  });
  return { series, bars };
}

function draw(place, width, { bars }, tell) {
  const svg = d3.create("svg").attr("viewBox", [0, 0, width, HEIGHT]).attr("width", width).attr("height", HEIGHT);
  hatchings(svg);
  const x = d3.scaleBand(bars.map((bar) => bar.label), [MARGIN.left, width - MARGIN.right]).paddingInner(0.12);
  const y = d3.scaleLinear([0, d3.max(bars, (bar) => bar.total)], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice();
  const ticks = y.ticks(5).filter(Number.isInteger);
  svg.append("g").attr("class", "grid").attr("transform", `translate(${MARGIN.left},0)`)
    .call(d3.axisLeft(y).tickValues(ticks).tickSize(-(width - MARGIN.left - MARGIN.right)).tickFormat(d3.format(",")));
  // As many names of bars as there is room for.
  const longest = d3.max(bars, (bar) => bar.label.length) * 7 + 16;
  const every = Math.ceil(longest / x.step());
  svg.append("g").attr("transform", `translate(0,${HEIGHT - MARGIN.bottom})`)
    .call(d3.axisBottom(x).tickValues(bars.filter((_, n) => n % every === 0).map((bar) => bar.label)).tickSizeOuter(0));
  const part = linked(svg.append("g").selectAll("g").data(bars).join("g").attr("class", "bar").selectAll("g")
    .data((bar) => bar.parts).join("g").attr("class", (d) => `series-${d.number}`).attr("data-series", (d) => d.name));
  for (const fill of [null, hatching]) {
    part.filter((d) => !fill || fill(d.number)).append("rect").attr("class", fill ? null : "fill")
      .attr("fill", fill ? (d) => fill(d.number) : null)
      .attr("x", (d) => x(d.label)).attr("width", Math.max(1, x.bandwidth()))
      .attr("y", (d) => y(d.to)).attr("height", (d) => Math.max(0.5, y(d.from) - y(d.to)));
  }
  const words = (d) => `${d.label}: ${d.count.toLocaleString("en")} ${d.name}`;
  part.append("title").text(words);
  part.on("pointerenter", (_, d) => tell(words(d))).on("pointerleave", () => tell(""));
  place.replaceChildren(svg.node());
}

function legend(series, place) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const { name, number } of series) {
    const item = document.createElement("li");
    item.className = `series-${number}`;
    const svg = d3.create("svg").attr("width", 22).attr("height", 14).attr("aria-hidden", "true");
    svg.append("rect").attr("class", "fill").attr("width", 22).attr("height", 14);
    if (hatching(number)) svg.append("rect").attr("fill", hatching(number)).attr("width", 22).attr("height", 14);
    item.append(svg.node(), name);
    item.addEventListener("pointerenter", () => {
      for (const part of place.querySelectorAll("[data-series]")) part.classList.toggle("faded", part.dataset.series !== name);
    });
    item.addEventListener("pointerleave", () => {
      for (const part of place.querySelectorAll("[data-series]")) part.classList.remove("faded");
    });
    list.append(item);
  }
  figure.append(list);
}

const table = document.querySelector("#numbers");
if (figure && table) {
  const told = read(table);
  const place = canvas();
  const tell = readout();
  legend(told.series, place);
  drawFor(place, (width) => draw(place, width, told, tell));
}
