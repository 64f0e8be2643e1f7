import { decodeText } from '../../../../bot/cli/decode-text.ts';
import { loadCorpus } from '../../../corpus/load-corpus.ts';

export const pasteTexts = (): string[] => loadCorpus().map(({ bytes }) => decodeText(bytes));
