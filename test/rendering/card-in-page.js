// Runs in the page, beside adaptivecards.min.js. Draws one card and says what is wrong with it.

/* global AdaptiveCards, document, Event, getComputedStyle, NodeFilter */

let markdownCalls = 0;

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  markdownCalls += 1;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  result.outputHtml = escaped
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|\W)[*_]([^*_]+)[*_](?=\W|$)/g, '$1<em>$2</em>')
    .replace(/^\s*\d+\.\s+(.*)$/gm, '<li>$1</li>');
  result.didProcess = true;
};

const host = document.getElementById('host');

function channels(colour) {
  const numbers = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  return { red: numbers[0], green: numbers[1], blue: numbers[2], alpha: numbers[3] ?? 1 };
}

function over(front, back) {
  const mix = (name) => front[name] * front.alpha + back[name] * (1 - front.alpha);
  return { red: mix('red'), green: mix('green'), blue: mix('blue'), alpha: 1 };
}

/** Blended background colours by element, for one drawing. */
let backgrounds = new Map();

function backgroundOf(element) {
  if (element === null) return { red: 255, green: 255, blue: 255, alpha: 1 };
  const known = backgrounds.get(element);
  if (known !== undefined) return known;
  const below = backgroundOf(element.parentElement);
  const colour = over(channels(getComputedStyle(element).backgroundColor), below);
  backgrounds.set(element, colour);
  return colour;
}

// WCAG 2.2, relative luminance.
function luminance({ red, green, blue }) {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(element) {
  const back = backgroundOf(element);
  const front = over(channels(getComputedStyle(element).color), back);
  const [high, low] = [luminance(front), luminance(back)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    if (walker.currentNode.textContent.trim() !== '') found.push(walker.currentNode);
  }
  return found;
}

function clippedBy(node, box) {
  for (let at = node.parentElement; at !== null && at !== host.parentElement; at = at.parentElement) {
    const style = getComputedStyle(at);
    const edge = at.getBoundingClientRect();
    if (at !== host && style.overflowX === 'visible' && style.overflowY === 'visible') continue;
    if (box.right > edge.right + 1 || box.left < edge.left - 1) return true;
    if (at !== host && (box.bottom > edge.bottom + 1 || box.top < edge.top - 1)) return true;
  }
  return false;
}

globalThis.drawCard = (json, hostConfig, width, open) => {
  markdownCalls = 0;
  backgrounds = new Map();
  host.replaceChildren();
  host.style.width = `${width}px`;
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  card.parse(json);
  const problems = [];
  card.render(host);
  if (open) {
    for (const hidden of host.querySelectorAll('[style*="display: none"]')) {
      hidden.style.display = hidden.classList.contains('ac-columnSet') ? 'flex' : 'block';
    }
  }
  const edge = host.getBoundingClientRect();
  for (const node of textNodes(host)) {
    const parent = node.parentElement;
    if (parent.tagName === 'OPTION' || parent.closest('select') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    if (boxes.some((box) => box.right > edge.right + 0.5 || box.left < edge.left - 0.5)) {
      problems.push(`wider than the card: ${node.textContent}`);
    } else if (boxes.some((box) => clippedBy(node, box))) {
      problems.push(`cut off: ${node.textContent}`);
    }
    // The host's own star of a required input is not ours.
    if (boxes.length > 0 && !/^\s*\*\s*$/.test(node.textContent)) {
      const ratio = contrast(parent);
      if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)}: ${node.textContent}`);
    }
  }
  const buttons = [...host.querySelectorAll('button')];
  return {
    problems,
    text: host.textContent,
    links: host.querySelectorAll('a[href]').length,
    marked: host.querySelectorAll('strong, em, li').length,
    headings: host.querySelectorAll('[role="heading"]').length,
    buttons: buttons.map((button) => button.textContent),
    decidingEnd: Math.max(
      0,
      ...buttons.slice(0, 2).map((button) => button.getBoundingClientRect().bottom - edge.top),
    ),
    height: edge.height,
    markdownCalls,
  };
};

/** Draws a card, opens what its toggles open, writes into its text inputs and presses a button; answers what was sent, or null. */
globalThis.pressOnCard = (json, hostConfig, title, written) => {
  host.replaceChildren();
  host.style.width = '480px';
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  card.parse(json);
  let sent = null;
  card.onExecuteAction = (action) => {
    sent = action.data ?? {};
  };
  card.render(host);
  const button = [...host.querySelectorAll('button')].find((one) => one.textContent === title);
  if (button === undefined) throw new Error(`no button ${title}`);
  for (const input of host.querySelectorAll('textarea')) {
    input.value = written;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  button.click();
  return sent;
};
