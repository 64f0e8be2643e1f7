import { writeFileSync } from 'node:fs';
import { encodePng } from './png.ts';

// The picture: a server of three units, and a tick over the lowest. Coordinates are parts of the icon's side, 0 to 1.

type Rgba = readonly [number, number, number, number];
interface Point {
  readonly x: number;
  readonly y: number;
}
/** Signed distance to a shape's edge: negative inside. */
type Shape = (point: Point) => number;

const blue: Rgba = [11, 92, 173, 255];
const white: Rgba = [255, 255, 255, 255];
const green: Rgba = [62, 180, 99, 255];

function roundedBox(centre: Point, width: number, height: number, radius: number): Shape {
  return ({ x, y }) => {
    const dx = Math.abs(x - centre.x) - width / 2 + radius;
    const dy = Math.abs(y - centre.y) - height / 2 + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

function circle(centre: Point, radius: number): Shape {
  return ({ x, y }) => Math.hypot(x - centre.x, y - centre.y) - radius;
}

function line(from: Point, to: Point, thickness: number): Shape {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  return ({ x, y }) => {
    const along = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / squared));
    return Math.hypot(x - from.x - along * dx, y - from.y - along * dy) - thickness / 2;
  };
}

const union =
  (...shapes: readonly Shape[]): Shape =>
  (point) =>
    Math.min(...shapes.map((shape) => shape(point)));
const without =
  (shape: Shape, hole: Shape): Shape =>
  (point) =>
    Math.max(shape(point), -hole(point));
const outlineOf =
  (shape: Shape, thickness: number): Shape =>
  (point) =>
    Math.abs(shape(point) + thickness / 2) - thickness / 2;

interface Layer {
  readonly shape: Shape;
  readonly colour: Rgba;
}

/** Edges are softened over one pixel, from 8 × 8 samples each. */
function draw(side: number, layers: readonly Layer[]): Uint8Array {
  const samples = 8;
  const pixels = new Uint8Array(side * side * 4);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let colour: Rgba = [0, 0, 0, 0];
      for (const layer of layers)
        colour = over(colour, layer.colour, coverage(layer.shape, side, row, column, samples));
      pixels.set(colour.map(Math.round), (row * side + column) * 4);
    }
  }
  return pixels;
}

function coverage(shape: Shape, side: number, row: number, column: number, samples: number): number {
  let inside = 0;
  for (let i = 0; i < samples * samples; i++) {
    const x = (column + ((i % samples) + 0.5) / samples) / side;
    const y = (row + (Math.floor(i / samples) + 0.5) / samples) / side;
    if (shape({ x, y }) <= 0) inside++;
  }
  return inside / (samples * samples);
}

function over(below: Rgba, above: Rgba, covered: number): Rgba {
  const top = (above[3] / 255) * covered;
  const rest = (below[3] / 255) * (1 - top);
  const alpha = top + rest;
  if (alpha === 0) return below;
  const mix = (channel: 0 | 1 | 2) => (above[channel] * top + below[channel] * rest) / alpha;
  return [mix(0), mix(1), mix(2), alpha * 255];
}

const tick = (centre: Point, size: number, thickness: number): Shape =>
  union(
    line(
      { x: centre.x - size * 0.5, y: centre.y + size * 0.02 },
      { x: centre.x - size * 0.12, y: centre.y + size * 0.4 },
      thickness,
    ),
    line(
      { x: centre.x - size * 0.12, y: centre.y + size * 0.4 },
      { x: centre.x + size * 0.52, y: centre.y - size * 0.38 },
      thickness,
    ),
  );

function colourIcon(): readonly Layer[] {
  const units = [0.285, 0.47, 0.655];
  const badge = { x: 0.7, y: 0.69 };
  const gap = circle(badge, 0.205);
  return [
    { shape: roundedBox({ x: 0.5, y: 0.5 }, 1, 1, 0), colour: blue },
    ...units.map((y) => ({
      shape: without(roundedBox({ x: 0.48, y }, 0.54, 0.145, 0.035), gap),
      colour: white,
    })),
    ...units.map((y) => ({ shape: circle({ x: 0.29, y }, 0.028), colour: blue })),
    ...units.slice(0, 2).map((y) => ({ shape: line({ x: 0.52, y }, { x: 0.67, y }, 0.028), colour: blue })),
    { shape: circle(badge, 0.17), colour: green },
    { shape: tick({ x: 0.695, y: 0.685 }, 0.15, 0.042), colour: white },
  ];
}

/** Edges lie on whole pixels of 32, so that they stay sharp. */
function outlineIcon(): readonly Layer[] {
  const pixel = 1 / 32;
  const units = [7 * pixel, 16 * pixel, 25 * pixel];
  const gap = circle({ x: 24 * pixel, y: 23.5 * pixel }, 9.5 * pixel);
  return [
    ...units.map((y) => ({
      shape: without(
        outlineOf(roundedBox({ x: 15 * pixel, y }, 26 * pixel, 8 * pixel, 2 * pixel), 2 * pixel),
        gap,
      ),
      colour: white,
    })),
    ...units.map((y) => ({ shape: circle({ x: 7 * pixel, y }, 1.4 * pixel), colour: white })),
    { shape: tick({ x: 23.5 * pixel, y: 23 * pixel }, 11.5 * pixel, 2.8 * pixel), colour: white },
  ];
}

/** The two icons of the app as PNG, by file name: full colour at 192 pixels, white on transparent at 32. */
export function drawIcons(): Readonly<Record<'color.png' | 'outline.png', Uint8Array>> {
  return {
    'color.png': encodePng(192, 192, draw(192, colourIcon())),
    'outline.png': encodePng(32, 32, draw(32, outlineIcon())),
  };
}

// `node manifest/draw-icons.ts` writes them beside this file.
if (import.meta.main) {
  for (const [name, png] of Object.entries(drawIcons())) writeFileSync(new URL(name, import.meta.url), png);
}
