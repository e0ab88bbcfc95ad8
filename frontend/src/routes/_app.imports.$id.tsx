import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ImportPage } from '@/imports/ImportPage';

export const Route = createFileRoute('/_app/imports/$id')({
  beforeLoad: needs('import.run'),
  component: () => <ImportPage {...Route.useParams()} />,
});
