import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { NewImportPage } from '@/imports/NewImportPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/imports/new')({
  beforeLoad: needs('import.run'),
  validateSearch: listSearch,
  component: NewImportPage,
});
