import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { drawIcons } from '../../manifest/draw-icons.ts';
import { encodePng, pngSize } from '../../manifest/png.ts';

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
  assert.deepEqual(pngSize(png), { width: 1, height: 1 });
  assert.deepEqual([...(pixelsOf(png, 1)[0] ?? [])], [1, 2, 3, 4]);
});

test('what is no PNG has no size', () => {
  assert.equal(pngSize(Buffer.alloc(64)), undefined);
  assert.equal(pngSize(icon('color.png').subarray(0, 20)), undefined);
});

test('the outline icon is white on transparent, as Teams wants it', () => {
  const pixels = pixelsOf(icon('outline.png'), 32);
  assert.ok(pixels.every(([r, g, b, a]) => a === 0 || (r === 255 && g === 255 && b === 255)));
  assert.ok(pixels.some((pixel) => pixel[3] === 0) && pixels.some((pixel) => pixel[3] === 255));
});

test('the colour icon fills its square', () => {
  assert.ok(pixelsOf(icon('color.png'), 192).every((pixel) => pixel[3] === 255));
});

test('the icons are what draw-icons.ts draws', () => {
  const drawn = drawIcons();
  for (const [name, side] of [
    ['color.png', 192],
    ['outline.png', 32],
  ] as const) {
    assert.deepEqual(pixelsOf(icon(name), side), pixelsOf(Buffer.from(drawn[name]), side));
  }
});
