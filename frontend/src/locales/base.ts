import { catalog } from './catalog';
import zh from './zh-CN/base';

export const t = catalog('base', zh);
