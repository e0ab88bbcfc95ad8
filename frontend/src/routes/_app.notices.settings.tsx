import { createFileRoute } from '@tanstack/react-router';
import { SettingsPage } from '@/notices/SettingsPage';

export const Route = createFileRoute('/_app/notices/settings')({
  component: SettingsPage,
});
