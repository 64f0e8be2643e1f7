import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findCodes } from '../../../../bot/diagnosis/faults/hresult-codes.ts';

describe('a number', () => {
  for (const text of [
    '80244007',
    '0x80244007',
    '0X80244007',
    'hr= 0X80244007',
    '[80244007]',
    '0xffffffff80244007',
    'FFFFFFFF80244007',
    '-2145107961',
    '2149859335',
    '18446744071564443655',
    'error:0x80244007.',
    '(0x80244007L)',
    'errorCode=0x80244007,',
    '“80244007”',
    'Fehler 80244007:',
    'Read 80244007. Then',
    'Message: 80244007',
    '80244007-SyncUpdates',
  ]) {
    test(`is read in ${text}`, () => assert.deepEqual(findCodes(text), ['80244007']));
  }

  for (const text of [
    '180244007',
    '802440071',
    '80244007a',
    'x80244007',
    '80244007-1234-4abc-8def-0123456789ab',
    '12345678-1234-4abc-8def-012380244007',
    '12345678-80244007',
    '80244007-1a2b',
    '<80244007@mail.example>',
    '80244007.200',
    '1.80244007',
    '2145107961',
    '-2149859335',
    '12149859335',
    '214985933',
    '12345678',
    '80000000',
    '80070',
    'a80244007',
    '80244007_1',
    '18446744071564443655123',
    'IMG_80244007.jpg',
    '80244007.pdf',
    '80244007-123',
    'Message-ID: <20261124.80244007 and more>',
    'Thread-Index: 80244007',
    'X-Tracking: 0x80244007',
  ]) {
    test(`is none in ${text}`, () => assert.deepEqual(findCodes(text), []));
  }

  test('is named once, in order of appearance, in upper case', () => {
    assert.deepEqual(findCodes('0x80072ee2, then 8024400e, then -2145107961 and 0x80072EE2'), [
      '80072EE2',
      '8024400E',
      '80244007',
    ]);
  });

  test('with 0x may be of any facility', () => assert.deepEqual(findCodes('0x8000FFFF'), ['8000FFFF']));

  test('is the same in all its forms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x8024_0000, max: 0x8024_ffff }), (value) => {
        const code = value.toString(16).toUpperCase();
        const forms = [
          code,
          code.toLowerCase(),
          `0x${code}`,
          `0xFFFFFFFF${code}`,
          String(value),
          String(value - 2 ** 32),
        ];
        for (const form of forms) assert.deepEqual(findCodes(`error ${form} here`), [code]);
      }),
    );
  });
});
