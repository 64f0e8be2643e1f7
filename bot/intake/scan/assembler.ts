/**
 * Writes WebAssembly (core specification 2.0, chapter 5, and the relaxed SIMD proposal): an expression is the bytes that leave its value
 * on the stack, so that code reads as nested calls. Only the instructions that the scanner needs.
 */
export type Code = readonly number[];

const unsigned = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(Math.floor(value / 0x80))];

const signed = (value: number): number[] =>
  value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];

const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];

const unary =
  (...opcode: number[]) =>
  (value: Code): Code => [...value, ...opcode];
const binary =
  (...opcode: number[]) =>
  (left: Code, right: Code): Code => [...left, ...right, ...opcode];
const load =
  (alignment: number, ...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, alignment, ...unsigned(offset)];
const store =
  (alignment: number, ...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...opcode,
    alignment,
    ...unsigned(offset),
  ];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value | 0)],
  load: load(2, 0x28),
  load8: load(0, 0x2d),
  store: store(2, 0x36),
  eqz: unary(0x45),
  equal: binary(0x46),
  less: binary(0x49),
  greater: binary(0x4b),
  countTrailingZeros: unary(0x68),
  countOnes: unary(0x69),
  add: binary(0x6a),
  subtract: binary(0x6b),
  and: binary(0x71),
  or: binary(0x72),
  shiftLeft: binary(0x74),
};

export const v128 = {
  const: (bytes: readonly number[]): Code => [...simd(12), ...bytes],
  load: load(0, ...simd(0)),
  store: store(0, ...simd(11)),
  and: binary(...simd(78)),
  or: binary(...simd(80)),
  exclusiveOr: binary(...simd(81)),
  isAnyTrue: unary(...simd(83)),
};

export const i8x16 = {
  fill: (byte: number): Code => v128.const(new Array<number>(16).fill(byte)),
  equal: binary(...simd(35)),
  notEqual: binary(...simd(36)),
  /** One bit a byte: its highest. */
  bitMask: unary(...simd(100)),
  /** Indices must be below 16: what others give is the machine's choice. */
  lookUp: binary(...simd(0x100)),
};

/** Each 16-bit lane by four bits: the caller masks off what came from the neighbour. */
export const shiftRightBy4 = (value: Code): Code => [...value, ...i32.const(4), ...simd(141)];

export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

const valueTypes = { i32: 0x7f, v128: 0x7b } as const;
type ValueType = keyof typeof valueTypes;

const none = 0x40;
const end = 0x0b;

/** `depth` counts the blocks, loops and conditions around, from 0. */
export const branch = (depth: number): Code => [0x0c, ...unsigned(depth)];
export const block = (...body: Code[]): Code => [0x02, none, ...body.flat(), end];
/** Goes round again only where its body branches to it. */
export const loop = (...body: Code[]): Code => [0x03, none, ...body.flat(), end];
export const when = (condition: Code, ...body: Code[]): Code => [
  ...condition,
  0x04,
  none,
  ...body.flat(),
  end,
];
/** @param index Of the function in the module. */
export const call = (index: number, ...values: Code[]): Code => [...values.flat(), 0x10, ...unsigned(index)];
export const giveBack = (value: Code): Code => [...value, 0x0f];

export interface FunctionSource {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly ValueType[];
  body(...locals: Local[]): Code;
}

const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, items: readonly Code[]): Code => {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
};
const text = (written: string): Code => vector([...Buffer.from(written)].map((byte) => [byte]));

/** A module of functions from i32 to one i32, all exported, over the memory `host.memory`. */
export function assemble(functions: readonly FunctionSource[], pages: number): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(new Array<Code>(parameters).fill([valueTypes.i32])),
    ...vector([[valueTypes.i32]]),
  ]);
  const bodies = functions.map(({ parameters, locals, body }) => {
    const each = [...new Array(parameters).keys(), ...locals.map((_, index) => parameters + index)].map(
      (index): Local => ({
        get: [0x20, ...unsigned(index)],
        set: (value) => [...value, 0x21, ...unsigned(index)],
      }),
    );
    const declared = vector(locals.map((type) => [1, valueTypes[type]]));
    // Every way through a body gives back explicitly; 0x00 says that its end is not reached.
    const code = [...declared, ...body(...each), 0x00, end];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [[...text('host'), ...text('memory'), 0x02, 0x01, ...unsigned(pages), ...unsigned(pages)]]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]),
    ),
    ...section(10, bodies),
  ]);
}
