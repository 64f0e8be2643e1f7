import type { HttpAnswer } from './http-answer.ts';

const tailLength = '--Encrypted Boundary--\r\n'.length;

/** Cuts the end off: the closing boundary and the last sealed bytes. */
export function truncated(answer: HttpAnswer): HttpAnswer {
  return { ...answer, body: answer.body.subarray(0, answer.body.length - tailLength - 8) };
}

/** Turns one bit of the sealed bytes. */
export function corrupted(answer: HttpAnswer): HttpAnswer {
  const body = Buffer.from(answer.body);
  const at = body.length - tailLength - 8;
  body.writeUInt8(body.readUInt8(at) ^ 1, at);
  return { ...answer, body };
}

/** Followed by five megabytes that nobody asked for. */
export function withHugeBody(answer: HttpAnswer): HttpAnswer {
  return { ...answer, body: Buffer.concat([answer.body, Buffer.alloc(5 * 1024 * 1024)]) };
}

/** Announces one byte more than the message has. */
export function withWrongLength(answer: HttpAnswer): HttpAnswer {
  const text = answer.body.toString('latin1');
  const changed = text.replace(/Length=(\d+)/, (_whole, length: string) => `Length=${Number(length) + 1}`);
  return { ...answer, body: Buffer.from(changed, 'latin1') };
}
