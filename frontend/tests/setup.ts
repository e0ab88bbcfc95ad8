import 'fake-indexeddb/auto';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { setLang } from '../src/locales/lang';

beforeEach(() => setLang('zh-CN'));
afterEach(() => {
  cleanup();
  localStorage.clear();
});
