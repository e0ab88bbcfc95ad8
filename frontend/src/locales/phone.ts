import { catalog } from './catalog';
import zh from './zh-CN/phone';

export const t = catalog('phone', zh);
