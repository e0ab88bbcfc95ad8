import type { Translation } from '../catalog';
import type zh from '../zh-CN/base';

const en: Translation<typeof zh> = {
  product: 'Property service centre',
  'login.title': 'Sign in',
  'login.lead': 'Use your work account',
  'login.username': 'User name',
  'login.password': 'Password',
  'login.totp': 'Verification code',
  'login.totp_hint': 'The 6 digits shown by your authenticator, or a recovery code',
  'login.submit': 'Sign in',
  'login.busy': 'Signing in…',
  'login.show_password': 'Show password',
  'login.hide_password': 'Hide password',
  'login.demo': 'Demo accounts',
  'login.demo_hint': 'Shown on this machine only. Choose one to sign in. All have the password',
  'login.demo_search': 'Find by post or name',
  'login.resident': 'Residents: report a repair or a complaint here',
  'login.offline': 'The server cannot be reached. Check the network and try again.',
  'login.forgot': 'Forgotten your password? Ask the administrator (deputy centre manager).',
  'login.ended': 'Your session has ended. Sign in again; what you had not sent is kept.',
  'lang.other': '中文',
  'state.loading': 'Loading…',
  'state.error': 'Something went wrong',
  'state.error_hint':
    'Nothing was changed. Try again; if it stays, tell the administrator the number below.',
  'state.offline': 'No network',
  'state.offline_hint': 'This loads again by itself once you are connected.',
  'state.forbidden': 'You do not have this right',
  'state.forbidden_hint':
    'If you need it, ask your superior or the administrator (deputy centre manager).',
  'state.not_found': 'Not found',
  'state.not_found_hint': 'It may have been moved, or lies outside your area.',
  'state.retry': 'Try again',
  'state.home': 'To the start page',
  'state.reference': 'Reference {id}',
  'problem.unknown': 'The request did not succeed ({status})',
  'problem.network': 'The server cannot be reached. Check the network.',
};
export default en;
