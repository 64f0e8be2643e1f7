import { type OwnText, own } from './own-text.ts';

export interface UnclearWords {
  readonly heading?: OwnText;
  readonly sentence: OwnText;
  readonly next: OwnText;
  readonly how: OwnText;
}

const half = own`I propose nothing from half a picture. Nothing was changed.`;
const general: UnclearWords = {
  sentence: half,
  next: own`Next: remove the reason, then check again`,
  how: own`The reason above is the server’s own.`,
};

const byCode: Readonly<Record<string, UnclearWords>> = {
  'access-denied': { ...general, next: own`Next: let my account read it, then check again` },
  'paths-disagree': {
    heading: own`Registry and IIS name two places`,
    sentence: own`I edit only a file that both name as that of WSUS. Nothing was changed.`,
    next: own`Next: correct the one that is wrong`,
    how: own`TargetDir, in the registry under Update Services, Server, Setup, and the physical path of the application ClientWebService in IIS have to lead to one folder. Then check again.`,
  },
  'ambiguous-site': {
    heading: own`More than one site looks like WSUS`,
    sentence: own`Which of them serves the clients is not mine to guess. Nothing was changed.`,
    next: own`Next: say which site it is`,
    how: own`IISTargetWebSiteIndex, in the registry under Update Services, Server, Setup, has to be the id of the site. Then check again.`,
  },
  'application-missing': {
    sentence: half,
    next: own`Next: look at the WSUS site in IIS`,
    how: own`No site there has the application ClientWebService with a folder. Then check again.`,
  },
  'certificate-not-accepted': {
    sentence: half,
    next: own`Next: look at the certificate of the WSUS site`,
    how: own`The server itself does not accept it, and neither do its clients. Then check again.`,
  },
  'iis-tools-missing': {
    sentence: half,
    next: own`Next: repair IIS on that server`,
    how: own`IIS’s own tool appcmd.exe is not there, so I cannot ask IIS where the service is. Then check again.`,
  },
};

/** What to do about a part that could not be read, by the code of its reason. */
export function unclearWords(code: string): UnclearWords {
  return byCode[code] ?? general;
}
