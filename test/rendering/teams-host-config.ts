/**
 * How Teams draws a card, as far as it is published (`samples/HostConfig/microsoft-teams-*.json` of the AdaptiveCards
 * repository): sizes, spacings and colours. `dark` tints the strips as current clients do; `published-dark` does not.
 * No host configuration of high contrast is published. Its colours here are those of Teams' own theme for it
 * (`teamsHighContrastTheme` of `@fluentui/tokens` 1.0.0-alpha.24), in which all grounds are black, all text is white, and
 * grey and the colours of a state are gone: what colour alone told would be lost.
 */
export const themes = ['light', 'dark', 'published-dark', 'high-contrast'] as const;
export type Theme = (typeof themes)[number];

interface Palette {
  readonly page: string;
  readonly background: string;
  readonly text: string;
  readonly subtle: string;
  readonly strips: Readonly<Record<'emphasis' | 'accent' | 'good' | 'warning' | 'attention', string>>;
  /** Of text on the coloured strips. */
  readonly stripText: string;
  readonly stripSubtle: string;
  readonly rule: string;
  readonly button: { readonly background: string; readonly text: string; readonly border: string };
  readonly first: { readonly background: string; readonly text: string };
}

/** The button that does what the card is about. */
const firstButton = { background: '#5b5fc7', text: '#ffffff' };
const plainButton = { background: 'transparent', text: 'inherit', border: '#8888' };

const lightStrips = { accent: '#c7def9', good: '#ccffcc', warning: '#ffe2b2', attention: '#ffc5b2' };

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    page: '#f5f5f5',
    background: '#ffffff',
    text: '#ff252424',
    subtle: '#bf252424',
    strips: { emphasis: '#f9f8f7', ...lightStrips },
    stripText: '#ff252424',
    stripSubtle: '#bf252424',
    rule: '#d6d6d6',
    button: plainButton,
    first: firstButton,
  },
  dark: {
    page: '#1f1f1f',
    background: '#2d2c2c',
    text: '#ffffffff',
    subtle: '#bfffffff',
    strips: {
      emphasis: '#202020',
      accent: '#1b2f46',
      good: '#123516',
      warning: '#422e10',
      attention: '#43171b',
    },
    stripText: '#ffffffff',
    stripSubtle: '#bfffffff',
    rule: '#525252',
    button: plainButton,
    first: firstButton,
  },
  'published-dark': {
    page: '#1f1f1f',
    background: '#2d2c2c',
    text: '#ffffffff',
    subtle: '#bfffffff',
    strips: { emphasis: '#292828', ...lightStrips },
    stripText: '#ff201f1f',
    stripSubtle: '#ff2d2c2c',
    rule: '#525252',
    button: plainButton,
    first: firstButton,
  },
  'high-contrast': {
    page: '#000000',
    background: '#000000',
    text: '#ffffffff',
    subtle: '#ffffffff',
    strips: {
      emphasis: '#000000',
      accent: '#000000',
      good: '#000000',
      warning: '#000000',
      attention: '#000000',
    },
    stripText: '#ffffffff',
    stripSubtle: '#ffffffff',
    rule: '#ffffff',
    button: { background: '#ffffff', text: '#000000', border: '#ffffff' },
    first: { background: '#ffffff', text: '#000000' },
  },
};

function foreground(text: string, subtle: string) {
  const colours = { default: text, subtle };
  return {
    default: colours,
    dark: colours,
    light: colours,
    accent: colours,
    good: colours,
    warning: colours,
    attention: colours,
  };
}

const sizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const weights = { lighter: 200, default: 400, bolder: 600 };

export function teamsHostConfig(theme: Theme): object {
  const palette = palettes[theme];
  const plain = foreground(palette.text, palette.subtle);
  const onStrip = foreground(palette.stripText, palette.stripSubtle);
  const strip = (name: keyof Palette['strips']) => ({
    backgroundColor: palette.strips[name],
    foregroundColors: name === 'emphasis' ? plain : onStrip,
  });
  return {
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.rule },
    fontTypes: {
      default: {
        fontFamily: "'Segoe UI', 'Open Sans', sans-serif",
        fontSizes: sizes,
        fontWeights: weights,
      },
      monospace: {
        fontFamily: "'Courier New', Cousine, 'Liberation Mono', monospace",
        fontSizes: sizes,
        fontWeights: weights,
      },
    },
    containerStyles: {
      default: { backgroundColor: palette.background, foregroundColors: plain },
      emphasis: strip('emphasis'),
      accent: strip('accent'),
      good: strip('good'),
      warning: strip('warning'),
      attention: strip('attention'),
    },
    inputs: { label: { requiredInputs: { weight: 'Default' }, optionalInputs: { weight: 'Default' } } },
    actions: {
      maxActions: 6,
      spacing: 'Default',
      buttonSpacing: 8,
      actionsOrientation: 'Horizontal',
      actionAlignment: 'Left',
      showCard: { actionMode: 'Inline', inlineTopMargin: 16, style: 'emphasis' },
    },
    adaptiveCard: { allowCustomStyle: false },
  };
}
