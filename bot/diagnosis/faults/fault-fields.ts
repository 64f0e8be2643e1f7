import { labelledFields } from './labelled-fields.ts';
import { strippedFields } from './stripped-fields.ts';

export type FieldName = 'errorCode' | 'message' | 'id' | 'method' | 'actor' | 'client';

/** One field of a SOAP fault's detail, in whatever form the log prints it. It stands from `index` to `end` in the record's text. */
export interface Field {
  readonly name: FieldName;
  readonly value: string;
  readonly index: number;
  readonly end: number;
  /** The first field of a rendering: what comes before belongs to another fault. */
  readonly begins: boolean;
}

const anyField =
  /ErrorCode|parameters\.|InternalServerError|InvalidParameters|Message|Method|Cookie|Changed|ServerBusy/i;

/** A quick look: every field but a name beside others needs one of these words. */
export const mayHoldFields = (text: string): boolean => anyField.test(text);

/** Finds the fields of SOAP faults in the text of one record (its lines joined by a line feed). */
export function findFields(text: string): Field[] {
  if (!mayHoldFields(text)) return [];
  const fields = labelledFields(text);
  return fields.some((field) => field.name === 'errorCode') ? fields : [...strippedFields(text), ...fields];
}
