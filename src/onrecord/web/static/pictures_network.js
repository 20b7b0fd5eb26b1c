// Who speaks of whom, or acts on whom, as a network. It lies the same way each time: where each begins is fixed, and nothing is drawn by lot.
import { canvas, figure, readout } from "./pictures_parts.js";

const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
const ROOM = 24; // so many pixels of its width a picture must have for each who is in it
const ALONE = "10"; // the colour of what has none

function read() {
  const nodes = [...document.querySelectorAll("#nodes tbody tr")].map((tr) => ({
    id: tr.dataset.id, name: tr.dataset.name, count: Number(tr.dataset.count), type: tr.dataset.type, href: tr.querySelector("a").href,
  }));
  const numbers = new Map([...document.querySelectorAll(".legend.lines li")].map((li) => [li.dataset.class, Number(li.dataset.number)]));
  const edges = [...document.querySelectorAll("#edges tbody tr")].map((tr) => ({
    source: tr.dataset.source, target: tr.dataset.target, count: Number(tr.dataset.count), class: tr.dataset.class,
    number: numbers.get(tr.dataset.class), href: tr.querySelector("a").href, kinds: tr.cells[3].textContent.trim(),
  }));
  return { nodes, edges };
}

/** Each line of the legend with its colour and its dashes. */
function legend() {
  for (const item of document.querySelectorAll(".legend.lines li")) {
    const number = Number(item.dataset.number);
    item.classList.add(`series-${number || ALONE}`);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 42 12");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [name, value] of Object.entries({ x1: 0, x2: 42, y1: 6, y2: 6, "stroke-dasharray": dashes(number).join(" ") })) line.setAttribute(name, value);
    svg.append(line);
    item.prepend(svg);
  }
}

function dashes(number) {
  return DASHES[(number - 1) % DASHES.length];
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function style(widest, largest, unit) {
  const colour = colours();
  const shapes = { person: "ellipse", government: "round-rectangle", organisation: "round-diamond", alliance: "round-hexagon", group: "round-triangle" };
  const size = (node) => unit * (10 + 32 * Math.sqrt(node.data("count") / largest));
  return [
    { selector: "node", style: {
      "label": "data(name)", "font-size": 12 * unit, "font-family": "system-ui, sans-serif", "color": colour("--ink"), "min-zoomed-font-size": 6,
      "text-outline-color": colour("--paper"), "text-outline-width": 2 * unit, "text-valign": "bottom", "text-margin-y": 3 * unit,
      "text-wrap": "wrap", "text-max-width": 110 * unit,
      "background-color": colour("--panel"), "border-color": colour("--ink"), "border-width": 1.5 * unit,
      "width": size, "height": size,
      "shape": (node) => shapes[node.data("type")] ?? "ellipse",
    } },
    { selector: "edge", style: {
      "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.8 * unit,
      "width": (edge) => unit * (1 + 4 * Math.sqrt(edge.data("count") / widest)),
      "line-color": (edge) => colour(`--s${edge.data("number")}`), "target-arrow-color": (edge) => colour(`--s${edge.data("number")}`),
      "line-style": (edge) => (dashes(edge.data("number")).length ? "dashed" : "solid"),
      "line-dash-pattern": (edge) => (dashes(edge.data("number")).length ? dashes(edge.data("number")).map((long) => long * unit) : [1, 0]),
    } },
    { selector: ".away", style: { "opacity": 0.12 } },
    { selector: ".meant", style: { "border-width": 3 * unit, "z-index": 9 } },
  ];
}

/** Where each begins: on a spiral, those in most rows in the middle. */
function begin(nodes) {
  return new Map(nodes.map((node, n) => [node.id, { x: 90 * Math.sqrt(n) * Math.cos(2.4 * n), y: 70 * Math.sqrt(n) * Math.sin(2.4 * n) }]));
}

/** Lay it along the longer side of its frame, and use the whole of that. */
function spread(graph) {
  const box = graph.elements().boundingBox({ includeLabels: false });
  const lies = box.w >= box.h === graph.width() >= graph.height();
  const [long, high] = lies ? [box.w, box.h] : [box.h, box.w]; // across and down, once it lies as it shall
  const wider = (graph.width() / graph.height()) * (high / long);
  const [across, down] = [Math.min(2.2, Math.max(1, wider)), Math.min(2.2, Math.max(1, 1 / wider))];
  graph.nodes().positions((node) => {
    const { x, y } = node.position();
    return lies ? { x: x * across, y: y * down } : { x: y * across, y: x * down };
  });
}

function draw(place, { nodes, edges }, tell) {
  const largest = Math.max(...nodes.map((node) => node.count));
  const widest = Math.max(...edges.map((edge) => edge.count));
  const at = begin(nodes);
  // A finger scrolls the page.
  const isFine = matchMedia("(pointer: fine)").matches;
  const graph = cytoscape({
    container: place,
    elements: {
      nodes: nodes.map((node) => ({ data: node, position: at.get(node.id) })),
      edges: edges.map((edge, n) => ({ data: { id: `line ${n}`, ...edge } })),
    },
    style: style(widest, largest, 1),
    layout: { name: "cose", randomize: false, animate: false, nodeDimensionsIncludeLabels: true, idealEdgeLength: () => 90, nodeRepulsion: () => 90000,
      componentSpacing: 60, nodeOverlap: 12, padding: 24, numIter: 1500 },
    userZoomingEnabled: false, userPanningEnabled: isFine, autoungrabify: !isFine, boxSelectionEnabled: false, minZoom: 0.2, maxZoom: 4,
  });
  // Signs and names are as large as they are meant to be when all of it is seen.
  const dress = () => graph.style(style(widest, largest, unit));
  spread(graph);
  graph.fit(undefined, 30);
  const unit = 1 / graph.zoom();
  dress();
  graph.fit(undefined, 12);
  const words = (one) => (one.isNode() ? `${one.data("name")}: ${one.data("count").toLocaleString("en")}`
    : `${one.source().data("name")} → ${one.target().data("name")}: ${one.data("kinds")}`);
  graph.on("mouseover", "node, edge", ({ target }) => {
    const kept = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
    graph.elements().difference(kept).addClass("away");
    target.addClass("meant");
    place.style.cursor = "pointer";
    tell(words(target));
  });
  graph.on("mouseout", "node, edge", () => {
    graph.elements().removeClass("away meant");
    place.style.cursor = "";
    tell("");
  });
  graph.on("tap", "node, edge", ({ target }) => { location.href = target.data("href"); });
  // What has the keyboard in the table is shown in the picture.
  for (const tr of document.querySelectorAll("#nodes tbody tr")) {
    tr.addEventListener("focusin", () => {
      graph.elements().removeClass("away meant");
      const node = graph.getElementById(tr.dataset.id);
      graph.elements().difference(node.closedNeighborhood()).addClass("away");
      node.addClass("meant");
    });
    tr.addEventListener("focusout", () => graph.elements().removeClass("away meant"));
  }
  for (const media of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(media).addEventListener("change", dress);
  }
  return graph;
}

function buttons(graph) {
  const bar = document.createElement("div");
  bar.className = "closer";
  const middle = () => ({ x: graph.width() / 2, y: graph.height() / 2 });
  const zoom = (times) => graph.zoom({ level: graph.zoom() * times, renderedPosition: middle() });
  for (const [words, act] of [["Closer", () => zoom(1.4)], ["Further", () => zoom(1 / 1.4)], ["All of it", () => graph.fit(undefined, 24)]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", act);
    bar.append(button);
  }
  figure.append(bar);
}

/** Those who have room: on a phone those alone who are in most rows. */
function fitting({ nodes, edges }, width) {
  const first = new Set(nodes.slice(0, Math.max(12, Math.floor(width / ROOM))).map((node) => node.id));
  const lines = edges.filter((edge) => first.has(edge.source) && first.has(edge.target));
  const linked = new Set(lines.flatMap((edge) => [edge.source, edge.target]));
  return { nodes: nodes.filter((node) => linked.has(node.id)), edges: lines };
}

const told = read();
if (figure && told.edges.length) {
  legend();
  const place = canvas("network");
  const drawn = fitting(told, place.clientWidth);
  const tell = readout();
  if (drawn.nodes.length < told.nodes.length) {
    const note = document.createElement("p");
    note.className = "dim";
    note.textContent = `There is room here for ${drawn.nodes.length} of the ${told.nodes.length}; the tables have all of them.`;
    figure.append(note);
  }
  if (drawn.edges.length) buttons(draw(place, drawn, tell));
}
