import { catalog } from './catalog';
import zh from './zh-CN/words';

export const t = catalog('words', zh);
