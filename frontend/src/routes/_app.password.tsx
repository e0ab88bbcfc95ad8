import { createFileRoute } from '@tanstack/react-router';
import { PasswordPage } from '@/access/PasswordPage';

export const Route = createFileRoute('/_app/password')({ component: PasswordPage });
