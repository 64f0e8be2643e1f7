import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { powerShellArgument } from '../../cards/powershell-argument.ts';

it('leaves a plain host name bare', () => {
  assert.equal(powerShellArgument('wsus01.corp.contoso.com'), 'wsus01.corp.contoso.com');
});

it('quotes everything else, and doubles every quote that PowerShell knows', () => {
  assert.equal(powerShellArgument('a b; rm'), "'a b; rm'");
  assert.equal(powerShellArgument("o'x\u2019y\u2018z"), "'o''x\u2019\u2019y\u2018\u2018z'");
});

it('does not begin an argument with a dash outside quotes', () => {
  assert.equal(powerShellArgument('-Force'), "'-Force'");
});

it('never lets a name end its quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const text = powerShellArgument(name);
      if (/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(text)) return;
      const inner = text.slice(1, -1).replace(/(['\u2018\u2019\u201A\u201B])\1/g, '');
      assert.doesNotMatch(inner, /['\u2018\u2019\u201A\u201B\r\n]/);
    }),
  );
});
