import type { Session } from '@/api/token';

/** What the server answers login and refresh with; only who it is and what it may matter here. */
export const session = (
  token: string,
  account_id = 'a',
  permissions: Session['me']['permissions'] = [],
): Session => ({
  access_token: token,
  expires_in: 600,
  me: {
    account_id,
    username: account_id,
    display_name: account_id,
    employee: null,
    estates: [],
    posts: [],
    permissions,
    is_administrator: false,
    must_change_password: false,
    totp_enabled: false,
    totp_enrolment_required: false,
  },
});
