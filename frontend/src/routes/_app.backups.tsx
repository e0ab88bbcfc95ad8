import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { BackupsPage } from '@/system/BackupsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/backups')({
  beforeLoad: needs('data_check.read'),
  validateSearch: listSearch,
  component: BackupsPage,
});
