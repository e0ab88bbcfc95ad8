import { createFileRoute } from '@tanstack/react-router';
import { PhoneMe } from '@/shell/PhoneMe';

export const Route = createFileRoute('/_m/m/me')({ component: PhoneMe });
