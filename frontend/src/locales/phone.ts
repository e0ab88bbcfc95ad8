import { catalog } from './catalog';
import en from './en/phone';
import zh from './zh-CN/phone';

export const t = catalog(zh, en);
