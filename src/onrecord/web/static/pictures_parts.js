// What the pictures share: a picture is drawn from the table that stands below it, so that both tell the same.

/** The figure of the page. */
export const figure = document.querySelector("figure.picture");

/** A place for what is drawn, which nobody is told of who hears the page: the sentence above it and the table below it tell the same. */
export function canvas(...classes) {
  const made = document.createElement("div");
  made.className = ["drawn", ...classes].join(" ");
  made.setAttribute("aria-hidden", "true");
  figure.append(made);
  return made;
}

/** A line that tells what the pointer is on. */
export function readout() {
  const made = document.createElement("p");
  made.className = "readout";
  made.setAttribute("aria-hidden", "true");
  figure.append(made);
  return (words) => { made.textContent = words; };
}

/** Draw now, and again when there is more or less room. */
export function drawFor(element, draw) {
  let last = 0;
  new ResizeObserver(() => {
    const width = Math.round(element.clientWidth);
    if (width && width !== last) {
      last = width;
      draw(width);
    }
  }).observe(element);
}

/** A link in a drawing: for the pointer. Who comes with the keyboard has the same links in the table. */
export function linked(selection) {
  return selection.append("a").attr("href", (d) => d.href).attr("tabindex", -1);
}

/** Hatchings by which series can be told apart without their colours: none, and lines of three directions. */
export function hatchings(svg) {
  const lines = ["M0,6L6,0", "M0,0L6,6", "M3,0L3,6"];
  const defs = svg.append("defs");
  lines.forEach((path, number) => {
    defs.append("pattern").attr("id", `hatch-${number + 1}`).attr("width", 6).attr("height", 6).attr("patternUnits", "userSpaceOnUse")
      .append("path").attr("class", "hatch").attr("d", path).attr("fill", "none");
  });
}

/** The hatching of the series of a number, from 1; none for each fourth, beginning with the first. */
export function hatching(number) {
  const which = (number - 1) % 4;
  return which ? `url(#hatch-${which})` : null;
}
