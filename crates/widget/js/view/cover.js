import { svg } from "./dom.js";

/** Says nothing to assistive technology: whatever it stands in names the film. */
export function cover({ ground, ink, size, picture, shapes, lines, yearY, year, margin, yearSize }) {
  return svg(
    "svg",
    { class: "cover", part: "cover", viewBox: "0 0 200 300", "aria-hidden": "true", focusable: "false" },
    svg("path", { fill: ground, d: "M0 0h200v300H0z" }),
    svg(
      "svg",
      { ...picture, fill: "none", "stroke-linecap": "round" },
      ...shapes.map(({ d, fill, stroke, width }) => svg("path", { d, fill, stroke, "stroke-width": width })),
    ),
    svg(
      "g",
      { fill: ink, "font-size": size },
      // The length is given, so that a face that has to stand in takes the same room.
      ...lines.map(({ x, y, width, text }) => svg("text", { x, y, textLength: width, lengthAdjust: "spacingAndGlyphs" }, text)),
      svg("text", { x: margin, y: yearY, "font-size": yearSize }, year),
    ),
  );
}
