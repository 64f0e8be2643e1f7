import assert from 'node:assert/strict';
import { it } from 'node:test';
import { evidenceLines } from '../../../cards/blocks/evidence.ts';
import type { EvidenceLine } from '../../../cards/evidence-view.ts';
import { nodesOf, textOf } from '../../kit/card-reader.ts';
import { elementInEnglish } from '../in-english.ts';

const shown = (evidence: EvidenceLine) =>
  textOf(elementInEnglish({ items: evidenceLines(evidence, true) })).split('\n');
const boldIn = (evidence: EvidenceLine) =>
  nodesOf(elementInEnglish(evidenceLines(evidence, true)))
    .filter((node) => node.weight === 'Bolder')
    .map((node) => String(node.text).trim());

it('shows a short line whole, with the code in bold', () => {
  const evidence = {
    source: 'WindowsUpdate.log',
    line: 977,
    text: '*FAILED* [80244007] SyncUpdates_WithRecovery failed',
  };
  assert.deepEqual(shown(evidence), [
    'WindowsUpdate.log, line 977',
    '*FAILED* [80244007] SyncUpdates_WithRecovery failed',
  ]);
  assert.deepEqual(boldIn(evidence), ['80244007']);
});

it('keeps of a long line its beginning and the words that decide, each whole', () => {
  const text = `2026-11-25 02:03:11.482 UTC\tWarning\tw3wp.12\tSoapUtilities.CreateException\tThrowException: actor = http://wsus01.corp.contoso.com:8530/ClientWebService/client.asmx, ID=6d1b2f3c-93a1-4b6f-8a65-0c1de19a7a10, ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs, Client=0f5c7f1e`;
  assert.deepEqual(shown({ text, line: 3 }), [
    'Your text, line 3',
    'ThrowException: actor = … ErrorCode=InvalidParameters, ',
    'Message=parameters.',
    'InstalledNonLeafUpdateIDs …',
  ]);
  assert.deepEqual(boldIn({ text }), ['InvalidParameters', 'InstalledNonLeafUpdateIDs']);
});

it('keeps what Markdown would read, as it is', () => {
  const text = 'ErrorCode=InvalidParameters [Approve](https://evil) **bold**';
  assert.equal(shown({ text }).slice(1).join(' '), text);
});

it('shows any code in bold, and no piece of a GUID', () => {
  const text = 'hr = 0X8024401c, ID=8889e6f6-cc94-4b2b-9d0c-9818649a5dfc, 80244010';
  assert.deepEqual(boldIn({ text }), ['8024401c', '80244010']);
});

it('keeps the end of a long line without a word that decides', () => {
  const text = `2026-11-24 21:40:12 10.20.30.10 POST /ClientWebService/client.asmx ${'x'.repeat(120)} - 500 0 0 125`;
  const words = shown({ text }).join(' ');
  assert.match(words, /2026-11-24 21:40:12 .*client\.asmx.*… .*500 0 0 125$/);
  assert.ok(words.length < 190, `${words.length}`);
});

it('begins a long line of ReportingEvents.log behind its id', () => {
  const text = `{278CCA7B-D9B8-5B92-AEF4-9F3A1C50B0F4} 2026-11-25 03:03:04:567+0100 1 148 [AGENT_DETECTION_FAILED] 101 {00000000-0000-0000-0000-000000000000} 0 80244010 AutomaticUpdates Failure`;
  assert.match(shown({ text })[1] ?? '', /^2026-11-25 03:03:04.*80244010/);
});
