import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readHtml } from '../../../bot/teams/html-text.ts';

const textOfHtml = (html: string): string => readHtml(html).text;

const mention = (name: string) =>
  `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">${name}</span>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('the text of a Teams message in HTML', () => {
  for (const [what, html, text] of [
    ['a line for each block', '<div>one</div><div>two</div>', 'one\ntwo\n'],
    ['a break is a new line', 'one<br>two<br/>three<br />four', 'one\ntwo\nthree\nfour'],
    ['an empty line stays', '<p>one</p><p><br></p><p>two</p>', 'one\n\ntwo\n'],
    ['lines inside pre stay', '<pre>one\r\ntwo\tthree</pre>', 'one\r\ntwo\tthree\n'],
    ['list items are lines', '<ul><li>one</li><li>two</li></ul>', 'one\ntwo\n'],
    [
      'blocks inside blocks make one new line',
      '<div><div><p>one</p></div></div><div>two</div>',
      'one\ntwo\n',
    ],
    ['a code block is a block', 'see<codeblock class="x"><code>one</code></codeblock>', 'see\none\n'],
    ['other tags go, their text stays', '<b>one</b> <a href="https://x">two</a>', 'one two'],
    ['tags in capitals are tags', '<DIV>one</DIV>two<BR>three', 'one\ntwo\nthree'],
    ['attributes go', '<p data-x="1" class=\'y\'>one</p>', 'one\n'],
    ['comments go', 'one<!-- two -->three', 'onethree'],
    ['nothing is nothing', '', ''],
  ] as const) {
    test(what, () => assert.equal(textOfHtml(html), text));
  }
});

describe('entities', () => {
  for (const [html, text] of [
    ['&lt;detail&gt;', '<detail>'],
    ['&amp;lt;', '&lt;'],
    ['&quot;&apos;&#39;&#x27;', `"'''`],
    ['&NBSP;&nbsp;', '  '],
    ['&#128512;&#x1F600;', '😀😀'],
    ['&ldquo;&rdquo;&ndash;', '“”–'],
    ['&unknown; &; & &#; &#x; &amp', '&unknown; &; & &#; &#x; &amp'],
    ['&#9999999;', '&#9999999;'],
    ['&constructor; &toString;', '&constructor; &toString;'],
  ] as const) {
    test(`${html} is read as ${JSON.stringify(text)}`, () => assert.equal(textOfHtml(html), text));
  }

  test('what was encoded is the text again, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(textOfHtml(escaped(text)), text);
      }),
    );
  });
});

describe('mentions', () => {
  for (const [what, html, text] of [
    ['a span goes with its name', `${mention('WSUS Bot')}&nbsp;check wsus01`, 'check wsus01'],
    ['at goes with its name', '<at id="0">WSUS Bot</at> check wsus01', 'check wsus01'],
    ['two in a row go', `${mention('WSUS')} ${mention('Bot')} check`, 'check'],
    ['one with markup inside goes whole', `${mention('<b>WSUS</b> &amp; Bot')} check`, 'check'],
    ['one with a span inside goes whole', `${mention('<span style="x">WSUS</span> Bot')} check`, 'check'],
    ['another span stays', '<span class="x">check</span> wsus01', 'check wsus01'],
    [
      'an address that is written out is no mention',
      'see schema.skype.com/Mention',
      'see schema.skype.com/Mention',
    ],
    ['one in the middle of a line', `please ${mention('WSUS Bot')} check`, 'please  check'],
  ] as const) {
    test(what, () => assert.equal(textOfHtml(html).trim(), text));
  }

  test('a mention that never ends hides the rest rather than show a name as text', () => {
    assert.equal(textOfHtml('check <at>wsus01'), 'check ');
  });
});

describe('any text at all', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '</',
    '<div>',
    '</div>',
    '<br',
    '&',
    '&#',
    '&lt;',
    ';',
    '<at>',
    '</at>',
    '"',
    mention('x'),
    'a',
    '\n',
    '<!--',
  );
  const soup = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  );

  test('is read without an error, and never grows', () => {
    fc.assert(
      fc.property(soup, (html) => {
        assert.ok(textOfHtml(html).length <= html.length + 1);
      }),
    );
  });

  test('is read once, however it is made: a long row of one piece is read like any other', () => {
    for (const piece of [
      '<',
      '>',
      '&',
      '&#',
      '<at>',
      '<div>',
      '</span>',
      '&lt',
      '<!--',
      mention('x'),
      '<a<',
    ]) {
      const html = piece.repeat(Math.ceil(300_000 / piece.length));
      assert.ok(textOfHtml(html).length <= html.length);
    }
  });
});

test('a megabyte of blocks is read once, from left to right', { timeout: 60_000 }, () => {
  assert.equal(textOfHtml('a<p>'.repeat(240_000)), 'a\n'.repeat(240_000));
});
