import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diagnose } from '../../bot/diagnosis/diagnose.ts';
import { longestMessage } from '../bot/diagnosis/fuzz/random-text.ts';
import { longestCpu } from '../bot/diagnosis/fuzz/run-fuzz.ts';
import { cpuMilliseconds } from '../kit/cpu-milliseconds.ts';
import { attackText } from './attacks.ts';
import { mostGrowth } from './growth.ts';
import { attacksOf, expressions, worstGrowth } from './outside-text.ts';

describe(`of ${expressions.length} regular expressions that read outside text`, () => {
  for (const expression of expressions) {
    const { where, source, flags } = expression;
    test(`${where} /${source}/${flags} takes no more than linear time on 32,000 letters`, () => {
      const { ratio, attack } = worstGrowth(expression, 32_000);
      assert.ok(ratio <= mostGrowth, `twice the text takes ${ratio.toFixed(1)} times as long: ${attack}`);
    });
  }
});

test('no attack on any of them makes a message slow', (t) => {
  let slowest = 0;
  const attacks = expressions.flatMap(attacksOf);
  for (const attack of attacks) {
    const text = attackText(attack, longestMessage).slice(0, longestMessage);
    const once = () => void diagnose(text);
    let cpu = cpuMilliseconds(once);
    for (let again = 0; cpu > longestCpu && again < 4; again += 1) cpu = Math.min(cpu, cpuMilliseconds(once));
    assert.ok(cpu <= longestCpu, `${cpu.toFixed(0)} ms: ${JSON.stringify(attack)}`);
    slowest = Math.max(slowest, cpu);
  }
  t.diagnostic(`${attacks.length} messages of ${longestMessage} letters, slowest ${slowest.toFixed(1)} ms`);
});
