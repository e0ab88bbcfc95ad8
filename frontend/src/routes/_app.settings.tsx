import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { SettingsPage } from '@/system/SettingsPage';

export const Route = createFileRoute('/_app/settings')({
  beforeLoad: needs('setting.read'),
  component: SettingsPage,
});
