import { writeFileSync } from 'node:fs';
import { encodePng } from './png.ts';

// The picture: a robot made of two server units. Its eyes are lamps, its mouth is a tick. Coordinates are parts of the icon's
// side, 0 to 1.

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
  // No shape is steeper than its distance: more than a pixel away from every edge, all samples say the same.
  const middle = shape({ x: (column + 0.5) / side, y: (row + 0.5) / side });
  if (Math.abs(middle) > 1 / side) return middle < 0 ? 1 : 0;
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

/** From the left end over the low corner to the high end. */
const tick = (left: Point, corner: Point, right: Point, thickness: number): Shape =>
  union(line(left, corner, thickness), line(corner, right, thickness));

/** Points and lengths of a grid that is laid into the icon: its first corner, and the length of its unit. */
function gridAt(first: number, unit: number) {
  return {
    at: (x: number, y: number): Point => ({ x: first + x * unit, y: first + y * unit }),
    long: (length: number): number => length * unit,
  };
}

/** A grid of 96 in the middle of 192 pixels: Teams cuts corners and hexagons out of the 48 pixels around it. */
function colourIcon(): readonly Layer[] {
  const { at, long } = gridAt(48 / 192, 1 / 192);
  const eye = (x: number) => circle(at(x, 40), long(7.5));
  const lamp = (x: number) => circle(at(x, 82), long(4));
  return [
    { shape: roundedBox({ x: 0.5, y: 0.5 }, 1, 1, 0), colour: blue },
    { shape: line(at(48, 8), at(48, 20), long(5)), colour: white },
    { shape: circle(at(48, 7), long(7)), colour: white },
    { shape: roundedBox(at(48, 42), long(92), long(48), long(12)), colour: white },
    { shape: union(eye(18), eye(78)), colour: blue },
    { shape: tick(at(34, 43), at(45, 54), at(63, 33), long(10)), colour: green },
    { shape: roundedBox(at(48, 83), long(92), long(26), long(8)), colour: white },
    { shape: union(lamp(16), lamp(30)), colour: blue },
    { shape: line(at(50, 82), at(78, 82), long(6)), colour: blue },
  ];
}

/** Fills its 32 pixels; straight edges lie on whole ones, so that they stay sharp. */
function outlineIcon(): readonly Layer[] {
  const { at, long } = gridAt(0, 1 / 32);
  const box = (y: number, height: number) =>
    outlineOf(roundedBox(at(16, y), long(30), long(height), long(3)), long(2));
  const shapes = [
    circle(at(16, 2.5), long(2.5)),
    line(at(16, 3), at(16, 5), long(2)),
    box(13, 16),
    circle(at(7, 12), long(2)),
    circle(at(25, 12), long(2)),
    tick(at(12, 13.5), at(15, 16.5), at(20.5, 10), long(2.8)),
    box(27.5, 9),
    circle(at(6.5, 27.5), long(1.5)),
    line(at(12.5, 27.5), at(24.5, 27.5), long(3)),
  ];
  return [{ shape: union(...shapes), colour: white }];
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
