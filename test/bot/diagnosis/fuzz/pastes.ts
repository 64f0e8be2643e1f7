import { decodeText } from '../../../../bot/intake/encoding.ts';
import { loadCorpus } from '../../../corpus/load-corpus.ts';

export const pasteTexts = (): string[] => loadCorpus().map(({ bytes }) => decodeText(bytes));
