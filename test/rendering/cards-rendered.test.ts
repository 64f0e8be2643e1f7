import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { samples } from '../cards/card-samples.ts';
import { evilText, type Sample } from '../cards/sample-ground.ts';
import { nodesOf } from '../kit/card-reader.ts';
import { whyNoChromium } from '../kit/chromium.ts';
import { CardPage, type Drawn } from './card-page.ts';
import type { Theme } from './teams-host-config.ts';

const skip = (await whyNoChromium()) ?? false;

/** Cards whose buttons decide: they must be seen without scrolling. */
const decisions = /^(proposal|waiting-(requester|everybody|reader$)|batch-(approver|one|differs))/;

const hasInput = ({ card }: Sample) =>
  nodesOf(card.in('en').json).some(({ type }) => String(type).startsWith('Input.'));
const hasRow = ({ card }: Sample) =>
  nodesOf(card.in('en').json).some(({ selectAction }) => selectAction !== undefined);

describe('cards drawn as Teams draws them', { skip }, () => {
  let page: CardPage;
  before(async () => {
    page = await CardPage.open();
  });
  after(async () => {
    await page.close();
  });

  /** What was drawn already is not drawn again. */
  const known = new Map<string, Promise<readonly Drawn[]>>();
  const drawAll = (list: readonly Sample[], theme: Theme, width: number, open: boolean) => {
    const key = JSON.stringify([list.map((sample) => sample.card.in('en').summary), theme, width, open]);
    const drawn =
      known.get(key) ??
      page.drawAll(
        list.map((sample) => sample.card),
        theme,
        width,
        open,
      );
    known.set(key, drawn);
    return drawn;
  };

  const names = (list: readonly Sample[], drawn: readonly Drawn[], wrong: (drawn: Drawn) => unknown) =>
    drawn.flatMap((one, index) => {
      const problem = wrong(one);
      const isWrong = Array.isArray(problem) ? problem.length > 0 : problem !== false;
      return isWrong ? [`${list[index]?.name}: ${JSON.stringify(problem)}`] : [];
    });

  const grid = [
    ['usual', 'light', 300],
    ['usual', 'light', 480],
    ['usual', 'dark', 300],
    ['usual', 'dark', 480],
    ['evil', 'light', 300],
    ['evil', 'dark', 480],
    ['long', 'dark', 300],
    ['long', 'light', 480],
    ['usual', 'light', 700],
    ['long', 'dark', 700],
    ['usual', 'high-contrast', 480],
    ['long', 'high-contrast', 300],
    // A meeting's side panel.
    ['usual', 'light', 280],
    ['long', 'light', 280],
  ] as const;
  for (const [set, theme, width] of grid) {
    it(`keeps every word inside the card and readable: ${set} values, ${theme}, ${width} px`, async () => {
      const list = samples[set];
      const drawn = await drawAll(list, theme, width, true);
      assert.equal(drawn.length, list.length);
      assert.deepEqual(
        names(list, drawn, (one) => one.problems),
        [],
      );
    });
  }

  it('keeps every word inside the card in the narrowest class of the newer renderer, 216 px', async () => {
    const list = samples.usual.map((sample) => sample.card);
    const drawn = await page.drawAll(list, 'light', 216, true, 'en', true);
    assert.deepEqual(
      names(samples.usual, drawn, (one) => one.problems),
      [],
    );
  });

  it('gives every control a name that is read', async () => {
    let controls = 0;
    for (const { name, card } of samples.usual.filter((sample) => hasInput(sample) || hasRow(sample))) {
      await page.drawAll([card], 'light', 480, true);
      const heard = await page.heard();
      const lines = heard
        .split('\n')
        .filter((line) => /^\s*- '?(button|checkbox|combobox|textbox)\b/.test(line));
      controls += lines.length;
      assert.deepEqual(
        lines.filter((line) => !/^\s*- '?\w+ "[^"]{4,}/.test(line)),
        [],
        name,
      );
    }
    assert.ok(controls > 100, `${controls}`);
  });

  it('keeps every German word inside the card and readable', async () => {
    for (const [set, theme, width] of [
      ['usual', 'light', 300],
      ['long', 'dark', 480],
    ] as const) {
      const cards = samples[set].map(({ card }) => card);
      const drawn = await page.drawAll(cards, theme, width, true, 'de');
      assert.deepEqual(
        names(samples[set], drawn, (one) => one.problems),
        [],
      );
    }
  });

  it('keeps text readable on the strips of the published dark colours', async () => {
    const drawn = await drawAll(samples.usual, 'published-dark', 480, true);
    assert.deepEqual(
      names(samples.usual, drawn, (one) => one.problems),
      [],
    );
  });

  it('has one heading on every card', async () => {
    const drawn = await drawAll(samples.usual, 'light', 480, true);
    assert.deepEqual(
      names(samples.usual, drawn, (one) => (one.headings === 1 ? false : one.headings)),
      [],
    );
  });

  it('makes no link and no emphasis out of outside text', async () => {
    const drawn = await drawAll(samples.evil, 'light', 300, true);
    assert.ok(drawn.every((one) => one.markdownCalls > 0));
    assert.deepEqual(
      names(samples.evil, drawn, (one) => (one.links + one.marked === 0 ? false : one.links + one.marked)),
      [],
    );
  });

  it('shows hostile text letter by letter', async () => {
    const [drawn] = await drawAll(
      samples.evil.filter((sample) => sample.name === 'failed-unchanged'),
      'light',
      480,
      true,
    );
    assert.ok(drawn?.text.includes(evilText));
  });

  it('shows no unfilled place of a template', async () => {
    for (const list of [samples.usual, samples.long]) {
      const drawn = await drawAll(list, 'light', 480, true);
      assert.deepEqual(
        names(list, drawn, (one) => (one.text.includes(`$\{`) ? one.text : false)),
        [],
      );
    }
  });

  it('ends the deciding buttons within 470 px in a chat and 600 px on a phone', async () => {
    const list = samples.usual.filter((sample) => decisions.test(sample.name));
    for (const [width, limit] of [
      [480, 470],
      [300, 600],
    ] as const) {
      const drawn = await drawAll(list, 'light', width, false);
      assert.deepEqual(
        names(list, drawn, (one) => (one.decidingEnd <= limit ? false : one.decidingEnd)),
        [],
      );
    }
  });

  it('opens what the toggle names, and nothing before', async () => {
    const list = samples.usual.filter((sample) => sample.name === 'proposal');
    const [closed] = await drawAll(list, 'light', 480, false);
    const [open] = await drawAll(list, 'light', 480, true);
    assert.ok(closed !== undefined && open !== undefined && open.height > closed.height + 200);
  });

  const sampleNamed = (name: string) => {
    const sample = samples.usual.find((one) => one.name === name);
    assert.ok(sample !== undefined, name);
    return sample.card;
  };

  it('holds no usual button back for the reason that only the way past the approvals needs', async () => {
    for (const [name, titles] of [
      ['proposal-two-approvals', ['Approve', 'Decline']],
      ['waiting-requester-governed', ['Tell them again', 'Withdraw']],
      ['queued-window', ['Withdraw', 'Show current state']],
      ['batch-approver', ['Approve and run', 'Decline']],
    ] as const) {
      for (const title of titles) {
        const sent = await page.press(sampleNamed(name), title, '');
        assert.ok(sent !== null, `${name}: ${title}`);
        assert.equal(typeof sent.token, 'string');
      }
    }
  });

  it('sends the reason with Run now, alone, and holds a short one back where no other button sends inputs', async () => {
    const reason = 'Nobody can scan.';
    for (const name of ['proposal-two-approvals', 'queued-window', 'batch-approver']) {
      const sent = await page.press(sampleNamed(name), 'Run now, alone', reason);
      assert.equal(sent?.reason, reason, name);
    }
    assert.equal(await page.press(sampleNamed('queued-window'), 'Run now, alone', 'too short'), null);
    assert.notEqual(await page.press(sampleNamed('queued-window'), 'Run now, alone', 'long enough'), null);
  });
});
