import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { diagnosisToJson } from '../../../bot/diagnosis/diagnosis-json.ts';
import { serverLine } from './samples.ts';

test('the document of diagnose --json names verdict, codes, findings with server and times, and the size of the text', () => {
  const line = serverLine();
  assert.deepEqual(JSON.parse(JSON.stringify(diagnosisToJson(diagnose(`0x80244007\n\n${line}\n`)))), {
    verdict: 'kb4096317',
    mayPropose: true,
    isExample: false,
    quotesGeneralPage: false,
    hresults: ['80244007'],
    findings: [
      {
        signature: 'kb4096317',
        variant: null,
        confidence: 'certain',
        advice: 'unknown',
        evidence: [
          { line: 3, text: line, source: 'SoftwareDistribution.log' },
          { line: 1, text: '0x80244007', source: 'unknown' },
        ],
        evidenceLines: 2,
        server: 'wsus01.corp.example',
        servers: ['wsus01.corp.example'],
        clients: 1,
        firstSeen: '2026-11-24T21:40:12.345Z',
        lastSeen: '2026-11-24T21:40:12.345Z',
        zone: 'utc',
        count: 1,
        recoveredAt: null,
        comesAndGoes: false,
        restartedAt: null,
        worksOn: [],
        isExample: false,
        capped: [],
      },
    ],
    askFor: [],
    lines: 3,
    bytes: Buffer.byteLength(line) + 13,
    truncated: false,
  });
});
