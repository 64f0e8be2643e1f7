import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { drawIcons } from '../../manifest/draw-icons.ts';
import { encodePng, pngHeader } from '../../manifest/png.ts';

const icon = (name: string) => readFileSync(new URL(`../../manifest/${name}`, import.meta.url));

/** RGBA of a PNG whose rows have filter 0 and whose image is one chunk, as encodePng writes it. */
function pixelsOf(png: Buffer, side: number): Buffer[] {
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return Array.from({ length: side * side }, (_, index) => {
    const start = Math.floor(index / side) * (side * 4 + 1) + 1 + (index % side) * 4;
    return rows.subarray(start, start + 4);
  });
}

test('a PNG carries its size and its pixels', () => {
  const png = Buffer.from(encodePng(1, 1, Uint8Array.of(1, 2, 3, 4)));
  assert.deepEqual(pngHeader(png), { width: 1, height: 1, bitDepth: 8, hasAlpha: true });
  assert.deepEqual([...(pixelsOf(png, 1)[0] ?? [])], [1, 2, 3, 4]);
});

test('what is no PNG has no size', () => {
  assert.equal(pngHeader(Buffer.alloc(64)), undefined);
  assert.equal(pngHeader(icon('color.png').subarray(0, 20)), undefined);
});

const icons = [
  ['color.png', 192],
  ['outline.png', 32],
] as const;

for (const [name, side] of icons) {
  test(`${name} has ${side} by ${side} pixels of 8 bits with an alpha channel`, () => {
    assert.deepEqual(pngHeader(icon(name)), { width: side, height: side, bitDepth: 8, hasAlpha: true });
  });

  test(`${name} is what draw-icons.ts draws`, () => {
    assert.deepEqual(pixelsOf(icon(name), side), pixelsOf(Buffer.from(drawIcons()[name]), side));
  });
}

/** The smallest box around the pixels for which it holds, as first and last column and row. */
function boxOf(pixels: readonly Buffer[], side: number, holds: (pixel: Buffer) => boolean) {
  const found = pixels.flatMap((pixel, index) => (holds(pixel) ? [index] : []));
  const columns = found.map((index) => index % side);
  const rows = found.map((index) => Math.floor(index / side));
  return [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
}

test('the outline icon is white on transparent, as Teams wants it', () => {
  const pixels = pixelsOf(icon('outline.png'), 32);
  assert.ok(pixels.every(([r, g, b, a]) => a === 0 || (r === 255 && g === 255 && b === 255)));
  assert.ok(pixels.some((pixel) => pixel[3] === 0) && pixels.some((pixel) => pixel[3] === 255));
});

test('the outline icon fills its height and stands in the middle: Teams wants no margin', () => {
  const box = boxOf(pixelsOf(icon('outline.png'), 32), 32, (pixel) => pixel[3] !== 0);
  assert.deepEqual(box, [1, 30, 0, 31]);
});

test('the colour icon fills its square', () => {
  assert.ok(pixelsOf(icon('color.png'), 192).every((pixel) => pixel[3] === 255));
});

test('the picture of the colour icon keeps the 48 pixels at each edge free, which Teams cuts into', () => {
  const pixels = pixelsOf(icon('color.png'), 192);
  const ground = pixels[0] ?? Buffer.alloc(4);
  const [left = 0, right = 0, top = 0, bottom = 0] = boxOf(pixels, 192, (pixel) => !pixel.equals(ground));
  assert.ok(left >= 48 && right < 144 && top >= 48 && bottom < 144, [left, right, top, bottom].join());
  assert.ok(right - left > 90 && bottom - top > 90, 'and fills what is left');
});
