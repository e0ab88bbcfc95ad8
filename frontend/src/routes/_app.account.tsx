import { createFileRoute } from '@tanstack/react-router';
import { AccountPage } from '@/access/AccountPage';

export const Route = createFileRoute('/_app/account')({ component: AccountPage });
