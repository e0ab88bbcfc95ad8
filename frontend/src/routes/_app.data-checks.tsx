import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DataChecksPage } from '@/system/DataChecksPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/data-checks')({
  beforeLoad: needs('data_check.read'),
  validateSearch: listSearch,
  component: DataChecksPage,
});
