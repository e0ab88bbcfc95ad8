/**
 * Hand-typed minimum until openapi/openapi.json is in the tree. `npm run api` replaces this whole
 * file; nothing else is typed by hand.
 */
export interface paths {
  '/api/v1/auth/login': {
    post: {
      requestBody: { content: { 'application/json': components['schemas']['LoginRequest'] } };
      responses: {
        200: { content: { 'application/json': components['schemas']['TokenAnswer'] } };
      };
    };
  };
  '/api/v1/auth/logout': { post: { responses: { 204: { content?: never } } } };
  '/api/v1/auth/logout-everywhere': { post: { responses: { 204: { content?: never } } } };
  '/api/v1/me': {
    get: { responses: { 200: { content: { 'application/json': components['schemas']['Me'] } } } };
  };
  '/api/v1/me/password': {
    post: {
      requestBody: { content: { 'application/json': { current: string; new: string } } };
      responses: { 204: { content?: never } };
    };
  };
  '/api/v1/demo-accounts': {
    get: {
      responses: { 200: { content: { 'application/json': components['schemas']['DemoAccounts'] } } };
    };
  };
}
export interface components {
  schemas: {
    LoginRequest: { username: string; password: string; totp?: string };
    TokenAnswer: { access_token: string; expires_in: number };
    Me: {
      account_id: string;
      username: string;
      employee?: { id: string; name: string } | null;
      estates: { id: string; name: string }[];
      posts: {
        post: string;
        title_zh: string;
        title_en: string;
        estate_id?: string | null;
        acting_for?: string | null;
        until?: string | null;
      }[];
      permissions: string[];
      must_change_password: boolean;
    };
    DemoAccounts: {
      password: string;
      accounts: { username: string; name: string; post_zh: string; post_en: string }[];
    };
  };
}
