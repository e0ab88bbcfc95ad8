import { createFileRoute } from '@tanstack/react-router';
import { PhoneHome } from '@/shell/PhoneHome';

export const Route = createFileRoute('/_m/m/')({ component: PhoneHome });
