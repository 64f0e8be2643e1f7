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
    [
      'an emoji is its character',
      '<p>hot <span class="animated-emoticon-20-fire"><img itemscope="" itemtype="http://schema.skype.com/Emoji" itemid="fire" src="https://statics.teams.cdn.office.net/x" title="Fire" alt="🔥" style="width:20px"></span> now</p>',
      'hot 🔥 now\n',
    ],
    [
      'an emoji of the form that messages are kept in',
      'ok <emoji id="1" alt="&#128512;" title="x"></emoji>',
      'ok 😀',
    ],
    [
      'another picture is nothing',
      'see <img alt="screenshot" src="https://x" itemtype="http://schema.skype.com/AMSImage">',
      'see ',
    ],
    [
      'a row of a table is a line, a tab between its cells',
      '<table><tbody>\n<tr>\n<td><p>time</p></td>\n<td><p>code</p></td>\n</tr>\n<tr><td>02:03</td><td></td><td>80244007</td></tr></tbody></table>after',
      'time\tcode\n02:03\t\t80244007\nafter',
    ],
    [
      'paragraphs in a cell stay on its line',
      '<table><tr><td><p>one</p><p>two</p></td><td>three</td></tr></table>',
      'one two\tthree\n',
    ],
    [
      'lists in lists are lines',
      '<ol><li>one<ul><li>two</li></ul></li><li>three</li></ol>',
      'one\ntwo\nthree\n',
    ],
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
    '<td>',
    '</td>',
    '<tr>',
    '<emoji alt="x">',
    '<img alt=\'y\' itemtype="http://schema.skype.com/Emoji">',
    '&',
    '&#',
    '&lt;',
    ';',
    '<at>',
    '</at>',
    '<blockquote itemtype="http://schema.skype.com/Reply">',
    '</blockquote>',
    '<strong itemprop="mri">',
    '<pre>',
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
        const { text, quoted } = readHtml(html);
        assert.ok(text.length + quoted.length <= html.length + 1);
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
      '\n',
      '<br>\n',
      '<blockquote itemtype="http://schema.skype.com/Reply">',
      '<blockquote itemtype=',
      '<p itemprop="mri">',
      '<td>',
      '<td><p>',
      '<img itemtype=',
      '<emoji alt=',
    ]) {
      const html = piece.repeat(Math.ceil(300_000 / piece.length));
      assert.ok(textOfHtml(html).length <= html.length);
    }
  });
});

test('a megabyte of blocks is read once, from left to right', { timeout: 60_000 }, () => {
  assert.equal(textOfHtml('a<p>'.repeat(240_000)), 'a\n'.repeat(240_000));
});

describe('what a message quotes', () => {
  const reply = (inner: string) =>
    `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1600457867820">\n${inner}\n</blockquote>\n`;
  const head = (id: string) =>
    `<strong itemprop="mri" itemid="${id}">Richard Wilson</strong><span itemprop="time" itemid="1600457867820"></span>\n`;
  const someone = head('8:orgid:0de69e5e-2da8-4cf2-821f-5e6585b2c65b');

  for (const [what, html, text, quoted] of [
    [
      'a reply is kept apart from the words',
      `<div>\n${reply(`${someone}<p itemprop="preview">the &lt;log&gt;</p>`)}<p>what is this?</p>\n</div>`,
      'what is this?',
      'the <log>',
    ],
    [
      'a whole copy keeps its lines',
      `${reply(`${someone}<p itemprop="copy">one<br>two</p>`)}<p>see</p>`,
      'see',
      'one\ntwo',
    ],
    [
      'a reply of an older client, whose author stands otherwise',
      `${reply('<p><b><span itemprop="mri" itemid="8:orgid:x">Richard</span></b></p><p>one</p>')}see`,
      'see',
      'one',
    ],
    [
      'a message that was passed on, below the words',
      '<p>look</p>\n<blockquote itemtype="http://schema.skype.com/Forward">\n<p>one</p>\n<p>two</p>\n</blockquote>',
      'look',
      'one\ntwo',
    ],
    [
      'quotes in a quote belong to it',
      `${reply(`${reply('<p>inner</p>')}<p>outer</p>`)}mine`,
      'mine',
      'inner\nouter',
    ],
    [
      'two quotes come in their order',
      `${reply('<p>one</p>')}mine${reply('<p>two</p>')}`,
      'mine',
      'one\n\ntwo',
    ],
    [
      'a message of a bot is no text of a person',
      `${reply(`${head('28:dddddddd-0000-4000-8000-00000000000d')}<p itemprop="preview">Cause found 80244007</p>`)}thanks`,
      'thanks',
      '',
    ],
    ['a passage set off by the person is their own', '<blockquote>one</blockquote>two', 'one\ntwo', ''],
    [
      'a quote that never ends hides the rest',
      `mine${reply('').replace('</blockquote>', '')}<p>one</p>`,
      'mine',
      'one',
    ],
    ['a mention in a quote goes too', `${reply(`<p>${mention('WSUS Bot')} one</p>`)}mine`, 'mine', 'one'],
  ] as const) {
    test(what, () => {
      const read = readHtml(html);
      assert.equal(read.text.trim(), text);
      assert.equal(read.quoted.trim(), quoted);
    });
  }
});

describe('how the HTML is laid out', () => {
  for (const [what, html, text] of [
    [
      'line ends between blocks are no lines',
      '<p>one</p>\r\n<p>two</p>\n\n<p>three</p>',
      'one\ntwo\nthree\n',
    ],
    ['an empty paragraph is one', '<p>one</p>\n<p>&nbsp;</p>\n<p>two</p>', 'one\n \ntwo\n'],
    ['a line end after a break belongs to it', 'one<br>\ntwo<br>\r\nthree', 'one\ntwo\nthree'],
    ['blanks at the start of a line stay', '<div>one</div>\n<div>\t at two</div>', 'one\n\t at two\n'],
    [
      'lines of a code block stay as they are',
      '<codeblock><code>one\n\n  two</code></codeblock>',
      'one\n\n  two\n',
    ],
    ['so do those of pre, from the first on', '<pre>\n one\n\n two</pre>', '\n one\n\n two\n'],
    ['a line end inside a paragraph stays', '<p>one\ntwo</p>', 'one\ntwo\n'],
  ] as const) {
    test(what, () => assert.equal(textOfHtml(html), text));
  }
});

test('an attachment that the HTML names is told, and one that a quote names is not', () => {
  assert.equal(readHtml('<p>x</p><attachment id="1"></attachment>').namesAttachment, true);
  assert.equal(
    readHtml(
      '<blockquote itemtype="http://schema.skype.com/Reply"><attachment id="1"></attachment></blockquote>x',
    ).namesAttachment,
    false,
  );
  assert.equal(readHtml('<p>attachment</p>').namesAttachment, false);
});
