import { createFileRoute } from '@tanstack/react-router';
import { ReportPage } from '@/service_desk/public/ReportPage';

/** The page behind an estate's QR code. `estate` comes with the code; `code` tracks a report. */
export const Route = createFileRoute('/report')({
  validateSearch: (search): { estate?: string; code?: string } => ({
    ...(typeof search.estate === 'string' && { estate: search.estate }),
    ...(typeof search.code === 'string' && { code: search.code }),
  }),
  component: () => <ReportPage {...Route.useSearch()} />,
});
