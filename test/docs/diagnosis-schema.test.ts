import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { diagnose } from '../../bot/diagnosis/diagnose.ts';
import { diagnosisToJson } from '../../bot/diagnosis/diagnosis-json.ts';
import { allSignatures } from '../../bot/diagnosis/signatures/all-signatures.ts';
import {
  articleServer,
  clientLog,
  serverLine,
  simpleAuth,
  upstream,
  wuaHandler,
} from '../bot/diagnosis/samples.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/diagnosis.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const document = (text: string) => JSON.parse(JSON.stringify(diagnosisToJson(diagnose(text))));

describe('docs/diagnosis.schema.json', () => {
  test('names every signature, and no other', () => {
    assert.deepEqual(schema.$defs.signature.enum.toSorted(), allSignatures.map(({ id }) => id).toSorted());
  });

  test('and docs/diagnosis.md tells of each that is not a code', () => {
    const page = readFileSync(new URL('../../docs/diagnosis.md', import.meta.url), 'utf8');
    const missing = allSignatures.filter(
      ({ id }) => !/^8[0-9A-F]{7}$/.test(id) && !page.includes(`\`${id}\``),
    );
    assert.deepEqual(missing, []);
  });

  const texts: Readonly<Record<string, string>> = {
    nothing: '',
    'a question': 'What is KB 4096317?',
    'the number alone': '80244007',
    'a cut line': serverLine({ message: '' }),
    'a server’s line': serverLine(),
    'a client’s log': clientLog(),
    'the article': articleServer,
    'two servers over three hours': [
      serverLine({ time: '2026-11-24 21:40:00.000', id: 1, client: 1 }),
      serverLine({ time: '2026-11-24 23:59:00.000', id: 3, client: 2, host: 'WSUS02' }),
    ].join('\n'),
    'several causes': [wuaHandler, serverLine(), simpleAuth, upstream].join('\n\n'),
    'test products': 'Product Detectoid for ProductName TestProduct00017\n0x80244010',
    'an unknown code': '0x8024ABCD',
    'Microsoft’s general page':
      '80244007 SyncUpdates_WithRecovery failed: set maxInstalledPrerequisites to 800',
  };
  for (const [what, text] of Object.entries(texts)) {
    test(`holds for ${what}`, () => {
      assert.equal(validate(document(text)), true, JSON.stringify(validate.errors));
    });
  }

  test('does not hold for a name that is missing, too much or of another kind', () => {
    const { verdict, ...withoutVerdict } = document(serverLine());
    assert.equal(validate(withoutVerdict), false);
    assert.equal(validate({ ...withoutVerdict, verdict: 'fine' }), false);
    assert.equal(validate({ ...withoutVerdict, verdict, more: 1 }), false);
  });
});
