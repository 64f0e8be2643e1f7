import { anchors } from '../../diagnosis/anchors.ts';
import { readPattern } from './pattern.ts';

/** U+2028 and U+2029 in UTF-8: they end a line, and are found like patterns. The bytes after them may be any. */
export const separatorPattern = readPattern('\\xE2\\x80\\xA8-A9\\x00-FF\\x00-FF');

/** What the scanner looks for in a log. */
export const linePatterns = [...anchors.map(readPattern), separatorPattern];
