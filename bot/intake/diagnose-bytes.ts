import { decodeText } from '../cli/decode-text.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { OpenLimits } from './open-logs.ts';

export interface DiagnoseBytesOptions {
  /** Of the file, for texts about it. Outside text. */
  readonly name?: string;
  /** Ends the reading; the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
  /** Told now and then how many bytes of the file, packed or not, were read so far. */
  readonly onProgress?: (read: number) => void;
  /** Bytes of text that are read; the rest is left and `truncated` says so. */
  readonly cap?: number;
  readonly limits?: Partial<OpenLimits>;
}

/**
 * Says what a file means: a log in any encoding, or an archive of logs. Reads it as a stream in constant memory.
 * Throws an IntakeError for what is no log, and whatever the bytes' source throws.
 */
export async function diagnoseBytes(
  bytes: AsyncIterable<Uint8Array>,
  { signal, onProgress, cap = 64 * 1024 * 1024 }: DiagnoseBytesOptions,
): Promise<Diagnosis> {
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of bytes) {
    signal?.throwIfAborted();
    chunks.push(chunk);
    read += chunk.length;
    onProgress?.(read);
    if (read > cap) break;
  }
  const text = decodeText(Buffer.concat(chunks).subarray(0, cap));
  return { ...diagnose(text, { cap: text.length }), truncated: read > cap };
}
